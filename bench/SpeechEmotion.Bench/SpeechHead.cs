using System.Text.Json;
using SpeechEmotion.Models;
using SpeechEmotion.Segments;

namespace SpeechEmotion.Bench;

/// <summary>
/// Fits compact's second head, for speech without the silence around it: from its first head, held to it, on the speech of a labelled
/// corpus as it is and with noise at -40 to -60 dBFS. Prints the recall of both heads, also by folds of speakers.
/// </summary>
internal static class SpeechHead
{
    private const int Folds = 6;

    /// <param name="folder">A labelled corpus with its manifest.csv.</param>
    /// <param name="output">Where the head is written.</param>
    /// <param name="lambda">How strongly it is held to the first head.</param>
    public static int Run(string folder, string output, double lambda)
    {
        using var recognizer = EmotionRecognizer.Load(new() { Model = ModelCatalogue.Compact, Load = new() { Threads = 1 } });
        var labels = recognizer.Model.Labels!;
        Clip[] clips =
        [
            .. File.ReadLines(Path.Combine(folder, "manifest.csv")).Skip(1).Select(line => line.Split(','))
                .Select(cells => new Clip(cells[0], cells[1], $"{cells[1]} {cells[3]}", Index(labels, cells[5]))),
        ];
        var (plain, noisy) = (new float[clips.Length][], new float[clips.Length][]);
        Parallel.For(0, clips.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            var samples = SilenceFlips.Read(Path.Combine(folder, clips[i].Path));
            plain[i] = Embed(recognizer.Model, samples);
            noisy[i] = Embed(recognizer.Model, PaddedClip.Make(samples, $"both_0_room{40 + (i * 7 % 21)}"));
        });
        var start = ReadHead(Path.Combine(ModelSearch.Default.Resolve(ModelCatalogue.Compact).Directory, "head.json"));
        Print("first head", clips, i => Top(start, plain[i], labels.Count));

        var speakers = clips.Select(clip => clip.Speaker).Distinct().Order(StringComparer.Ordinal).ToList();
        var held = Enumerable.Range(0, Folds).Select(fold => Fit([.. All(clips).Where(i => speakers.IndexOf(clips[i].Speaker) % Folds != fold)])).ToArray();
        Print("speakers left out", clips, i => Top(held[speakers.IndexOf(clips[i].Speaker) % Folds], plain[i], labels.Count));

        var head = Fit([.. All(clips)]);
        Print("this head", clips, i => Top(head, plain[i], labels.Count));
        Write(output, head, labels.Count);
        return 0;

        double[] Fit(int[] some) => new HeldHead(
            [.. some.Select(i => plain[i]), .. some.Select(i => noisy[i])], [.. some.Concat(some).Select(i => clips[i].Label)],
            [.. Weights(clips, some), .. Weights(clips, some)], start, labels.Count, lambda).Fit();
    }

    private static int Index(LabelSet labels, string text) => labels.Texts.ToList().IndexOf(text);

    private static IEnumerable<int> All(Clip[] clips) => Enumerable.Range(0, clips.Length);

    /// <summary>Labels count alike inside a corpus, corpora by size^0.3, as for the first head. One of two copies: they add up to 1/2.</summary>
    private static IEnumerable<double> Weights(Clip[] clips, int[] some)
    {
        var groups = some.GroupBy(i => clips[i].Corpus).SelectMany(corpus => corpus.GroupBy(i => clips[i].Label)
            .Select(label => (Key: (corpus.Key, label.Key), Weight: Math.Pow(corpus.Count(), 0.3) / corpus.Select(i => clips[i].Label).Distinct().Count() / label.Count())));
        var weights = groups.ToDictionary(group => group.Key, group => group.Weight);
        var total = some.Sum(i => weights[(clips[i].Corpus, clips[i].Label)]);
        return some.Select(i => weights[(clips[i].Corpus, clips[i].Label)] / total / 2);
    }

    private static float[] Embed(IEmotionModel model, float[] samples)
    {
        var speech = SpeechExcerpt.Of(samples, new());
        var frames = model.Run(speech.Length >= model.MinSamples ? speech.Join() : samples);
        var mean = new float[model.Dimension];
        for (var t = 0; t < frames.Count; t++)
        {
            for (var d = 0; d < mean.Length; d++)
                mean[d] += frames.Features.Span[(t * mean.Length) + d] / frames.Count;
        }
        return mean;
    }

    private static int Top(double[] head, float[] embedding, int count)
    {
        var logits = Enumerable.Range(0, count).Select(k =>
            head[(count * embedding.Length) + k] + embedding.Select((value, d) => value * head[(k * embedding.Length) + d]).Sum()).ToList();
        return logits.IndexOf(logits.Max());
    }

    private static void Print(string name, Clip[] clips, Func<int, int> top)
    {
        foreach (var corpus in All(clips).GroupBy(i => clips[i].Corpus))
        {
            var recall = corpus.GroupBy(i => clips[i].Label).Average(label => label.Average(i => top(i) == label.Key ? 100.0 : 0));
            Console.WriteLine($"{name,-18} {corpus.Key,-8} UAR {recall:F1}");
        }
    }

    private static double[] ReadHead(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return
        [
            .. document.RootElement.GetProperty("weight").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(value => value.GetDouble()),
            .. document.RootElement.GetProperty("bias").EnumerateArray().Select(value => value.GetDouble()),
        ];
    }

    private static void Write(string path, double[] head, int count)
    {
        var dimension = (head.Length / count) - 1;
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file);
        json.WriteStartObject();
        json.WriteStartArray("weight");
        foreach (var row in head[..(count * dimension)].Chunk(dimension))
        {
            json.WriteStartArray();
            foreach (var value in row)
                json.WriteNumberValue((float)value);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteStartArray("bias");
        foreach (var value in head[(count * dimension)..])
            json.WriteNumberValue((float)value);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private sealed record Clip(string Path, string Corpus, string Speaker, int Label);
}
