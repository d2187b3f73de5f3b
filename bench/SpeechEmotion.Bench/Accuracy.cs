using System.Collections.Concurrent;
using SpeechEmotion.Results;

namespace SpeechEmotion.Bench;

/// <summary>
/// Recognizes a labeled corpus and prints the recall by corpus and the share of clips that each reason for a weak answer
/// flags. For the compact model this checks that audio, model and head are connected correctly; it is not an accuracy test,
/// because its head was fitted on these clips.
/// </summary>
internal static class Accuracy
{
    public static int Run(string folder)
    {
        var clips = Corpus.Clips(folder);
        var results = new ConcurrentDictionary<CorpusClip, Recognition>();
        using var recognizer = EmotionRecognizer.Load(new() { Load = new() { Threads = 1 } });
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        var seconds = Clock.Seconds(() => Parallel.ForEach(
            clips, parallel, clip => results[clip] = recognizer.Recognize(clip.Path)));
        var audio = results.Values.Sum(result => result.Duration.TotalSeconds);
        Console.WriteLine(
            $"{recognizer.Model.Identity.Id} {recognizer.Model.Identity.Hash}: {clips.Length} clips, {audio / 3600:F2} h "
            + $"in {seconds:F0} s ({audio / seconds:F0} x real time)");
        foreach (var corpus in clips.GroupBy(clip => clip.Corpus))
            Recall(corpus.Key, [.. corpus], results);
        Console.WriteLine("\nshare of clips with each reason for a weak answer");
        foreach (var corpus in clips.GroupBy(clip => clip.Corpus).Append(clips.GroupBy(_ => "all").Single()))
            Reasons(corpus.Key, [.. corpus], results);
        // Low confidence is the model's own uncertainty, not a fault of the recording: the question is whether it is justified.
        foreach (var doubted in clips.GroupBy(clip => results[clip].Quality.Any(note => note.Reason == QualityReason.LowConfidence)))
            Console.WriteLine($"accuracy {(doubted.Key ? "with" : "without")} low confidence: {Right(doubted):P0} of {doubted.Count()}");
        return 0;

        double Right(IEnumerable<CorpusClip> some) => some.Average(clip => results[clip].Emotion == clip.Label ? 1.0 : 0);
    }

    private static void Recall(string corpus, List<CorpusClip> clips, ConcurrentDictionary<CorpusClip, Recognition> results)
    {
        var byLabel = clips.GroupBy(clip => clip.Label)
            .Select(group => (Label: group.Key, Recall: group.Average(clip => results[clip].Emotion == group.Key ? 1.0 : 0))).ToList();
        var accuracy = clips.Average(clip => results[clip].Emotion == clip.Label ? 1.0 : 0);
        var each = string.Join("  ", byLabel.OrderBy(one => one.Label).Select(one => $"{one.Label.Key()} {one.Recall:P0}"));
        var uar = byLabel.Average(one => one.Recall);
        Console.WriteLine($"{corpus,-8} {clips.Count,5} clips  UAR {uar * 100:F1}  WA {accuracy * 100:F1}  {each}");
    }

    private static void Reasons(string corpus, List<CorpusClip> clips, ConcurrentDictionary<CorpusClip, Recognition> results)
    {
        var shares = Enum.GetValues<QualityReason>()
            .Select(reason => $"{reason} {clips.Average(clip => results[clip].Quality.Any(note => note.Reason == reason) ? 1.0 : 0):P1}");
        Console.WriteLine($"{corpus,-8} {string.Join("  ", shares)}");
    }
}
