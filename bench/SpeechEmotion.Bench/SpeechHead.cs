using System.Numerics.Tensors;
using System.Text.Json;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;

namespace SpeechEmotion.Bench;

/// <summary>
/// Fits compact's second head, for speech without the silence around it. The fit starts from the first head, is regularized
/// toward it, and uses the speech of a labeled corpus, clean and with noise at -40 to -60 dBFS. Prints the recall of both heads,
/// also by folds of speakers.
/// </summary>
internal static class SpeechHead
{
    private const int Folds = 6;

    /// <param name="folder">A labeled corpus with its manifest.csv.</param>
    /// <param name="output">The file for the head.</param>
    /// <param name="lambda">The strength of the regularization toward the first head.</param>
    public static int Run(string folder, string output, double lambda)
    {
        using var recognizer = EmotionRecognizer.Load(new() { Model = ModelCatalogue.Compact, Load = new() { Threads = 1 } });
        var labels = recognizer.Model.Labels!;
        var clips = Corpus.Clips(folder);
        var answers = Array.ConvertAll(clips, clip => labels.Texts.ToList().IndexOf(clip.Label.Key()));
        var (plain, noisy) = (new float[clips.Length][], new float[clips.Length][]);
        Parallel.For(0, clips.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            var samples = Corpus.Read(clips[i].Path);
            plain[i] = Embed(recognizer.Model, samples);
            noisy[i] = Embed(recognizer.Model, PaddedClip.Make(samples, $"both_0_room{40 + (i * 7 % 21)}"));
        });
        var compact = ModelSearch.Default.Resolve(ModelCatalogue.Compact);
        var first = LinearHead.Read(compact.PathOf(compact.Manifest.Head!), labels.Count, compact.Manifest.Dimension);
        Print("first head", clips, answers, i => Top(first, plain[i]));

        var speakers = clips.Select(clip => clip.Speaker).Distinct().Order(StringComparer.Ordinal).ToList();
        var held = Enumerable.Range(0, Folds)
            .Select(fold => Fit([.. All(clips).Where(i => speakers.IndexOf(clips[i].Speaker) % Folds != fold)])).ToArray();
        Print("speakers left out", clips, answers, i => Top(held[speakers.IndexOf(clips[i].Speaker) % Folds], plain[i]));

        var head = Fit([.. All(clips)]);
        Print("this head", clips, answers, i => Top(head, plain[i]));
        File.WriteAllBytes(output, JsonSerializer.SerializeToUtf8Bytes(new { weight = head.Weight, bias = head.Bias }));
        return 0;

        LinearHead Fit(int[] some) => new HeldHead(
            [.. some.Select(i => plain[i]), .. some.Select(i => noisy[i])], [.. some.Concat(some).Select(i => answers[i])],
            [.. Weights(clips, some), .. Weights(clips, some)], first, lambda).Fit();
    }

    private static IEnumerable<int> All(CorpusClip[] clips) => Enumerable.Range(0, clips.Length);

    /// <summary>
    /// Weights labels equally within a corpus, and corpora by size^0.3, as for the first head. They add up to 1/2, because there are
    /// two copies of each clip.
    /// </summary>
    private static IEnumerable<double> Weights(CorpusClip[] clips, int[] some)
    {
        var groups = some.GroupBy(i => clips[i].Corpus).SelectMany(corpus =>
        {
            var share = Math.Pow(corpus.Count(), 0.3) / corpus.Select(i => clips[i].Label).Distinct().Count();
            return corpus.GroupBy(i => clips[i].Label).Select(label => (Key: (corpus.Key, label.Key), Weight: share / label.Count()));
        });
        var weights = groups.ToDictionary(group => group.Key, group => group.Weight);
        var total = some.Sum(i => weights[(clips[i].Corpus, clips[i].Label)]);
        return some.Select(i => weights[(clips[i].Corpus, clips[i].Label)] / total / 2);
    }

    private static float[] Embed(IEmotionModel model, float[] samples)
    {
        var speech = SpeechExcerpt.Of(samples, new());
        return model.Run(speech.Length >= model.MinSamples ? speech.Join() : samples).MeanFeatures();
    }

    private static int Top(LinearHead head, float[] embedding) => TensorPrimitives.IndexOfMax<float>(head.Apply(embedding, 1));

    private static void Print(string name, CorpusClip[] clips, int[] answers, Func<int, int> top)
    {
        foreach (var corpus in All(clips).GroupBy(i => clips[i].Corpus))
        {
            var recall = corpus.GroupBy(i => answers[i]).Average(answer => answer.Average(i => top(i) == answer.Key ? 100.0 : 0));
            Console.WriteLine($"{name,-18} {corpus.Key,-8} UAR {recall:F1}");
        }
    }
}
