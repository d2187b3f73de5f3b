using System.Collections.Concurrent;
using SpeechEmotion.Models;
using SpeechEmotion.Options;
using SpeechEmotion.Results;

namespace SpeechEmotion.Bench;

/// <summary>
/// Measures how the answer of the compact model depends on the audio around the speech: labeled clips padded with silence, room
/// noise or music, recognized with the silence, without it, and by segments.
/// </summary>
internal static class SilenceFlips
{
    private static readonly string[] Kinds =
    [
        "plain", "after_1", "after_2", "after_5", "after_10", "before_5", "both_5", "after_5_room60", "after_5_room50", "both_2_room50",
        "after_5_music", "both_5_music",
    ];

    private static readonly (string Name, RecognitionOptions Options)[] Ways =
    [
        ("keep", new() { Silence = SilenceMode.Keep }),
        ("auto", new()),
        ("segments", new() { Segments = SegmentationMode.Always }),
    ];

    /// <param name="folder">A labeled corpus with its manifest.csv.</param>
    /// <param name="each">The number of clips for each label of each corpus.</param>
    /// <param name="kinds">The kinds of padding; empty for all.</param>
    public static int Run(string folder, int each, string[] kinds)
    {
        var random = new Random(3);
        CorpusClip[] clips =
        [
            .. Corpus.Clips(folder).GroupBy(clip => (clip.Corpus, clip.Label)).SelectMany(group => Some(group, each, random)),
        ];
        using var recognizer = EmotionRecognizer.Load(new() { Model = ModelCatalogue.Compact, Load = new() { Threads = 1 } });
        var plain = new ConcurrentDictionary<(CorpusClip, string), Emotion>();
        foreach (var kind in kinds.Length > 0 ? [.. kinds.Prepend("plain").Distinct()] : Kinds)
        {
            var answers = new ConcurrentBag<Answer>();
            Parallel.ForEach(clips, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, clip =>
            {
                var samples = PaddedClip.Make(Corpus.Read(clip.Path), kind);
                foreach (var (name, options) in Ways)
                {
                    var result = recognizer.Recognize(samples, 16000, options: options);
                    var before = kind == "plain" ? plain[(clip, name)] = result.Emotion : plain[(clip, name)];
                    answers.Add(new(clip, name, result.Emotion, before, result.Quality.Any(note => note.Reason == QualityReason.NoSpeech)));
                }
            });
            foreach (var way in Ways)
                Print(kind, way.Name, [.. answers.Where(answer => answer.Way == way.Name)]);
        }
        return 0;
    }

    private static CorpusClip[] Some(IEnumerable<CorpusClip> clips, int count, Random random)
    {
        var shuffled = clips.ToArray();
        random.Shuffle(shuffled);
        return [.. shuffled.Take(count)];
    }

    private static void Print(string kind, string way, Answer[] answers)
    {
        var corpora = answers.GroupBy(answer => answer.Clip.Corpus).OrderBy(corpus => corpus.Key, StringComparer.Ordinal).Select(corpus =>
        {
            var recall = corpus.GroupBy(answer => answer.Clip.Label)
                .Average(label => label.Average(answer => answer.Emotion == label.Key ? 100.0 : 0));
            var flips = corpus.Count(answer => answer.Emotion != answer.Plain);
            return $"{corpus.Key} UAR {recall:F1} flips {flips}/{corpus.Count()} no speech {corpus.Count(answer => answer.NoSpeech)}";
        });
        Console.WriteLine($"{kind,-16} {way,-9} {string.Join("  ", corpora)}");
    }

    private sealed record Answer(CorpusClip Clip, string Way, Emotion Emotion, Emotion Plain, bool NoSpeech);
}
