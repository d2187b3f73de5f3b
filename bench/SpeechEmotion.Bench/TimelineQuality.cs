using System.Globalization;
using System.Numerics.Tensors;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;

namespace SpeechEmotion.Bench;

/// <summary>
/// Measures the accuracy of a timeline: joins conversations from clips of one speaker; each stretch of speech should get the
/// label that its clip gets alone.
/// </summary>
internal static class TimelineQuality
{
    private const double Tolerance = 0.5;

    /// <param name="folder">A labeled corpus with its manifest.csv.</param>
    /// <param name="settings">The settings to try, as name=value.</param>
    public static int Run(string folder, string[] settings)
    {
        var set = settings.Select(one => one.Split('='))
            .ToDictionary(pair => pair[0], pair => double.Parse(pair[1], CultureInfo.InvariantCulture));
        double Of(string name, double otherwise) => set.GetValueOrDefault(name, otherwise);
        using var recognizer = EmotionRecognizer.Load(new() { Model = ModelCatalogue.Compact, Load = new() { Threads = 1 } });
        var model = recognizer.Model;
        var options = new SegmentationOptions
        {
            Threshold = (float)Of("threshold", SegmentationOptions.Default.Threshold),
            EndThreshold = (float)Of("end", SegmentationOptions.Default.EndThreshold),
            Pause = TimeSpan.FromSeconds(Of("pause", SegmentationOptions.Default.Pause.TotalSeconds)),
            Padding = TimeSpan.FromSeconds(Of("padding", SegmentationOptions.Default.Padding.TotalSeconds)),
        };
        var plain = new SegmentRecognizer(model, model.Labels!);
        var segments = new SegmentRecognizer(model, model.Labels!)
        {
            LongestPiece = (int)Of("longest", plain.LongestPiece),
            ShortestPiece = (int)Of("shortest", plain.ShortestPiece),
            Quiet = (float)Of("quiet", plain.Quiet),
            ChangePrice = Of("price", plain.ChangePrice),
        };
        var count = (int)Of("count", 100);
        foreach (var longestPause in (double[])[1, 0])
        {
            var maker = new ConversationMaker(folder, longestPause);
            var scores = new (string Corpus, TimelineScore Score)[count];
            var seconds = Clock.Seconds(() => Parallel.For(
                0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
                i => scores[i] = maker.Make(i) is var made ? (made.Corpus, Score(made, model, options, segments)) : default));
            Console.WriteLine($"pauses 0-{longestPause} s, in {seconds:F0} s");
            foreach (var corpus in scores.GroupBy(pair => pair.Corpus).Append(scores.GroupBy(_ => "all").Single()))
                Console.WriteLine($"{corpus.Key,-8} {corpus.Select(pair => pair.Score).Aggregate((a, b) => a + b)}");
        }
        return 0;
    }

    private static TimelineScore Score(
        Conversation conversation, IEmotionModel model, SegmentationOptions options, SegmentRecognizer recognizer)
    {
        var labels = model.Labels!;
        var alone = conversation.Turns.Select(turn => TopOf(model, conversation.Samples.AsMemory(turn.Start, turn.Length))).ToArray();
        // The clips of some corpora are one third silence, which affects the label of the whole clip.
        var spoken = conversation.Turns
            .Select(turn => TopOf(model, conversation.Samples.AsMemory()[turn.SpeechStart..turn.SpeechEnd])).ToArray();
        var segmenter = new SpeechSegmenter(options);
        SpeechSegment[] segments = [.. segmenter.Add(conversation.Samples).ToArray(), .. segmenter.Complete()];
        EmotionSpan[] parts = [.. segments.SelectMany(segment => recognizer.Recognize(segment, default))];
        var tops = parts.Select(part => labels.ScoreEmotions(part.Logits).Top).ToArray();
        var steps = conversation.Samples.Length / ConversationTurn.Step;
        var found = new int[steps + 1];
        for (var i = 0; i < parts.Length; i++)
        {
            var first = (int)(parts[i].Start / ConversationTurn.Step);
            Array.Fill(found, i + 1, first, Math.Min(parts[i].Length / ConversationTurn.Step, steps - first));
        }
        var score = new TimelineScore { Seconds = (double)conversation.Samples.Length / 16000 };
        var within = new bool[steps + 1];
        for (var turn = 0; turn < conversation.Turns.Count; turn++)
        {
            var (start, speech) = (conversation.Turns[turn].Start / ConversationTurn.Step, conversation.Turns[turn].Speech);
            for (var i = Array.IndexOf(speech, true); i <= Array.LastIndexOf(speech, true); i++)
            {
                within[start + i] = true;
                if (!speech[i])
                    continue;
                var part = found[start + i];
                score = score with
                {
                    Speech = score.Speech + 1,
                    Missed = score.Missed + (part == 0 ? 1 : 0),
                    Right = score.Right + (part > 0 && tops[part - 1] == alone[turn] ? 1 : 0),
                    RightOfSpeech = score.RightOfSpeech + (part > 0 && tops[part - 1] == spoken[turn] ? 1 : 0),
                    Same = score.Same + (alone[turn] == spoken[turn] ? 1 : 0),
                };
            }
        }
        score = score with
        {
            Found = found.Count(part => part > 0),
            False = Enumerable.Range(0, steps).Count(i => found[i] > 0 && !within[i]),
            Switches = Switches(tops),
            SwitchesWithout = Switches([.. parts.SelectMany(part => part.Pieces).Select(piece => labels.ScoreEmotions(piece.Logits).Top)]),
        };
        return Changes(score, conversation, alone, parts, tops);
    }

    private static TimelineScore Changes(
        TimelineScore score, Conversation conversation, Emotion[] alone, EmotionSpan[] parts, Emotion[] tops)
    {
        var detected = Enumerable.Range(1, Math.Max(0, parts.Length - 1)).Where(i => tops[i] != tops[i - 1])
            .Select(i => (From: (parts[i - 1].Start + parts[i - 1].Length) / 16000.0, To: parts[i].Start / 16000.0)).ToList();
        score = score with { Detected = detected.Count };
        for (var turn = 1; turn < alone.Length; turn++)
        {
            if (alone[turn] == alone[turn - 1])
                continue;
            var (from, to) = (conversation.Turns[turn - 1].SpeechEnd / 16000.0, conversation.Turns[turn].SpeechStart / 16000.0);
            var hit = detected.FindIndex(one => one.To >= from - Tolerance && one.From <= to + Tolerance);
            if (hit >= 0)
                detected.RemoveAt(hit);
            score = score with { Real = score.Real + 1, Hit = score.Hit + (hit >= 0 ? 1 : 0) };
        }
        return score;
    }

    private static int Switches(Emotion[] tops) => Enumerable.Range(1, Math.Max(0, tops.Length - 1)).Count(i => tops[i] != tops[i - 1]);

    private static Emotion TopOf(IEmotionModel model, ReadOnlyMemory<float> samples)
    {
        var frames = model.Run(samples);
        var mean = new float[model.Labels!.Count];
        for (var t = 0; t < frames.Count; t++)
            TensorPrimitives.Add(mean, frames.Logits.Span.Slice(t * mean.Length, mean.Length), mean);
        TensorPrimitives.Divide(mean, frames.Count, mean);
        return model.Labels.ScoreEmotions(mean).Top;
    }
}
