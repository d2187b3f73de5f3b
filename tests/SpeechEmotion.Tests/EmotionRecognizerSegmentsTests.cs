using System.Numerics.Tensors;
using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests;

public sealed class EmotionRecognizerSegmentsTests
{
    private static readonly RecognitionOptions Always = new() { Segments = SegmentationMode.Always };

    private static readonly Lazy<Recognition> Conversation = new(
        () => CompactModel.Recognizer.Recognize(
            Sounds.Conversation, 16000, options: new() { Granularity = Granularity.Frame, Embedding = true }));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Recognize_Conversation_GivesSegmentsOnTheGridInOrder()
    {
        var timeline = Conversation.Value.Timeline!;

        timeline.Segments.Count.ShouldBeGreaterThanOrEqualTo(5);
        timeline.Segments.ShouldAllBe(segment => segment.Channel == 0 && segment.Duration > 0 && segment.Duration <= 15);
        timeline.Segments.ShouldAllBe(segment => Math.Abs((segment.Start / 0.02) - Math.Round(segment.Start / 0.02)) < 1e-6);
        timeline.Segments.Zip(timeline.Segments.Skip(1)).ShouldAllBe(pair => pair.First.End <= pair.Second.Start);
        timeline.Segments.Select(segment => TensorPrimitives.Sum(segment.Scores.Values)).ShouldAllBe(sum => Math.Abs(sum - 1) < 1e-5f);
        var channel = timeline.Channels.ShouldHaveSingleItem();
        channel.Role.ShouldBe("mix");
        channel.Summary.ShouldBe(timeline.Summary with { Shares = channel.Summary.Shares });
    }

    [Fact]
    public void Recognize_Conversation_SummaryAddsUp()
    {
        var timeline = Conversation.Value.Timeline!;

        timeline.Summary.Speech.ShouldBe(timeline.Segments.Sum(segment => segment.Duration), 1e-6);
        (timeline.Summary.Speech + timeline.Summary.Silence).ShouldBe(Sounds.Conversation.Length / 16000.0, 1e-6);
        TensorPrimitives.Sum(timeline.Summary.Shares!.Values).ShouldBe(1, 1e-5f);
        timeline.Summary.Dominant.ShouldBe(timeline.Summary.Shares.Top);
        foreach (var emotion in Enum.GetValues<Emotion>())
        {
            var time = timeline.Segments.Where(segment => segment.Emotion == emotion).Sum(segment => segment.Duration);
            timeline.Summary.Shares[emotion].ShouldBe((float)(time / timeline.Summary.Speech), 1e-5f);
        }
    }

    [Fact]
    public void Recognize_Conversation_TransitionsAreWhereTheEmotionChanges()
    {
        var timeline = Conversation.Value.Timeline!;

        var expected = timeline.Segments.Zip(timeline.Segments.Skip(1)).Where(pair => pair.First.Emotion != pair.Second.Emotion)
            .Select(pair => new EmotionTransition(
                pair.Second.Start, 0, pair.First.Emotion, pair.Second.Emotion, Math.Min(pair.First.Confidence, pair.Second.Confidence)));
        timeline.Transitions.ShouldBe(expected);
    }

    [Fact]
    public void Recognize_SoftThenLoud_HasOneTransition()
    {
        using var recognizer = new EmotionRecognizer(new LoudnessModel());
        var soft = Array.ConvertAll(Sounds.Sentence, sample => sample * 0.05f);

        var loud = Array.ConvertAll(Sounds.Sentence, sample => sample * 3);

        var timeline = recognizer.Recognize(Sounds.Join(soft, Sounds.Silence(1), loud), 16000, options: Always, ct: Ct).Timeline!;

        var transition = timeline.Transitions.ShouldHaveSingleItem();
        (transition.From, transition.To).ShouldBe((Emotion.Neutral, Emotion.Angry));
        transition.Time.ShouldBe((Sounds.Sentence.Length / 16000.0) + 1, 0.5);
    }

    [Fact]
    public void Recognize_FramesOfALongRecording_AreOnTheGridOfTheWhole()
    {
        var (result, samples) = (Conversation.Value, Sounds.Conversation);

        result.Frames!.Count.ShouldBe((int)FrameGrid.FramesOf(samples.Length));
        result.Frames.Select((frame, i) => Math.Abs(frame.Start - (i * 0.02))).Max().ShouldBeLessThan(1e-9);
        var embedding = result.Embedding!;
        embedding.Rows.ShouldBe(result.Frames.Count(frame => frame.Scores is not null));
        embedding.Rows.ShouldBeLessThan(result.Frames.Count);
        TensorPrimitives.IsFiniteAll(embedding.Values.Span).ShouldBeTrue();
        foreach (var frame in result.Frames)
        {
            var spoken = result.Timeline!.Segments.Any(segment => frame.Start > segment.Start - 0.01 && frame.Start < segment.End - 0.01);
            (frame.Scores is not null).ShouldBe(spoken);
        }
    }

    [Theory]
    [InlineData(0), InlineData(80), InlineData(79), InlineData(319), InlineData(123)]
    public void Recognize_SpeechUpToAnyEnd_HasTheFramesOfItsLength(int rest)
    {
        using var recognizer = new EmotionRecognizer(new CountingModel());
        var samples = Sounds.Call[..(70_080 + rest)];

        var result = recognizer.Recognize(
            samples, 16000, options: Always with { Granularity = Granularity.Frame, Embedding = true }, ct: Ct);

        result.Frames!.Count.ShouldBe((int)FrameGrid.FramesOf(samples.Length));
        int[] processed = [.. Enumerable.Range(0, result.Frames.Count).Where(t => result.Frames[t].Scores is not null)];
        result.Embedding!.Rows.ShouldBe(processed.Length);
        result.Timeline!.Segments[^1].End.ShouldBe(samples.Length / 16000.0, 1e-9);
        // The model's single feature is the frame's first sample, so each frame must be at its position in the recording.
        result.Embedding.Values.ToArray().ShouldBe(processed.Select(t => samples[t * 320]));
    }

    [Fact]
    public void Recognize_FramesThroughASink_AreTheSame()
    {
        var sink = new KeepingSink();

        var result = CompactModel.Recognizer.Recognize(
            Sounds.Conversation, 16000, options: new() { Granularity = Granularity.Frame, Embedding = true, Sink = sink }, ct: Ct);

        result.Embedding.ShouldBeNull();
        sink.Samples.ShouldBe(Sounds.Conversation);
        var kept = Conversation.Value.Embedding!.Values.Span;
        sink.Features.Count.ShouldBe(kept.Length);
        for (var i = 0; i < kept.Length; i++)
            sink.Features[i].ShouldBe(kept[i], 1e-4f);
    }

    [Fact]
    public void Recognize_FramesOfSilence_HaveNoRow()
    {
        using var recognizer = new EmotionRecognizer(new CountingModel());

        var result = recognizer.Recognize(
            new float[64_000], 16000, options: Always with { Granularity = Granularity.Frame, Embedding = true }, ct: Ct);

        result.Frames!.Count.ShouldBe((int)FrameGrid.FramesOf(64_000));
        result.Frames.ShouldAllBe(frame => frame.Scores == null);
        result.Embedding!.Rows.ShouldBe(0);
    }

    [Fact]
    public void Recognize_Utterance_IsTheMeanOfItsFrames()
    {
        using var model = new CountingModel();
        using var recognizer = new EmotionRecognizer(model);

        var result = recognizer.Recognize(Sounds.Conversation, 16000, options: new() { Embedding = true }, ct: Ct);

        // Logit k is the feature times k + 1, so the expected scores follow from the mean of the features.
        var frames = recognizer.Recognize(
            Sounds.Conversation, 16000, options: new() { Granularity = Granularity.Frame, Embedding = true }, ct: Ct);
        var mean = frames.Embedding!.Values.ToArray().Average(feature => (double)feature);
        result.Embedding!.Values.ToArray().ShouldHaveSingleItem().ShouldBe((float)mean, 1e-6f);
        float[] logits = [.. Enumerable.Range(1, 9).Select(k => (float)(mean * k))];
        Rows.LargestDifference(result.Scores.Values, model.Labels!.ScoreEmotions(logits).Values).ShouldBeLessThan(1e-5f);
        Rows.LargestDifference(frames.Scores.Values, result.Scores.Values).ShouldBeLessThan(1e-6f);
    }

    [Fact]
    public void Recognize_Utterance_WeighsSegmentsByLength()
    {
        using var model = new LoudnessModel();
        using var recognizer = new EmotionRecognizer(model);

        var result = recognizer.Recognize(Sounds.Conversation, 16000, options: new() { Granularity = Granularity.Frame }, ct: Ct);

        // Each frame of the model has logit 4 for either angry or neutral.
        var spoken = result.Frames!.Where(frame => frame.Scores is not null).ToArray();
        var angry = (double)spoken.Count(frame => frame.Scores!.Top == Emotion.Angry) / spoken.Length;
        var logits = new float[9];
        (logits[(int)Emotion.Angry], logits[(int)Emotion.Neutral]) = ((float)(4 * angry), (float)(4 * (1 - angry)));
        angry.ShouldBeInRange(0.1, 0.9);
        Rows.LargestDifference(result.Scores.Values, model.Labels.ScoreEmotions(logits).Values).ShouldBeLessThan(1e-5f);
    }

    [Fact]
    public void Recognize_NoSpeech_IsAboutTheBeginningAndNotesIt()
    {
        using var model = new CountingModel();
        using var recognizer = new EmotionRecognizer(model);
        var samples = Sounds.Join(Sounds.Noise, Sounds.Silence(20), Sounds.Noise, Sounds.Silence(2.4999));

        var result = recognizer.Recognize(samples, 16000, options: new() { Granularity = Granularity.Frame, Embedding = true }, ct: Ct);

        model.Lengths.ShouldBe([10 * 16000]);
        result.Quality[0].Key.ShouldBe("no_speech");
        result.Quality[0].Value.ShouldBe(samples.Length / 16000.0, 0.1);
        result.Timeline!.Segments.ShouldBeEmpty();
        result.Timeline.Transitions.ShouldBeEmpty();
        result.Timeline.Summary.ShouldBe(new(0, samples.Length / 16000.0, null, null));
        result.Frames!.Count.ShouldBe((int)FrameGrid.FramesOf(samples.Length));
        result.Frames.ShouldAllBe(frame => frame.Scores == null);
        result.Embedding!.Rows.ShouldBe(0);
        Rows.LargestDifference(
            result.Scores.Values, recognizer.Recognize(samples.AsMemory(0, 160_000), 16000, ct: Ct).Scores.Values).ShouldBeLessThan(1e-6f);
    }

    [Theory]
    [InlineData(400), InlineData(719), InlineData(16000)]
    public void Recognize_ShortAndSilentBySegments_IsAboutAllOfIt(int samples)
    {
        using var model = new CountingModel();
        using var recognizer = new EmotionRecognizer(model);

        var result = recognizer.Recognize(new float[samples], 16000, options: Always, ct: Ct);

        model.Lengths.ShouldBe([samples]);
        result.Quality[0].Key.ShouldBe("no_speech");
        result.Timeline!.Summary.Speech.ShouldBe(0);
    }

    [Fact]
    public void Recognize_LessThanOneFrameBySegments_ReportsTooShort() =>
        Should.Throw<AudioException>(() => CompactModel.Recognizer.Recognize(new float[399], 16000, options: Always, ct: Ct))
            .Code.ShouldBe("audio.too_short");

    [Theory]
    [InlineData(8000), InlineData(44100), InlineData(48000)]
    public void Recognize_OtherRate_DurationIsExact(int rate)
    {
        var frames = (31 * rate) + 7;
        using var recognizer = new EmotionRecognizer(new CountingModel());

        var result = recognizer.Recognize(new float[frames], rate, ct: Ct);

        result.Duration.ShouldBe(TimeSpan.FromSeconds((double)frames / rate));
        result.Timeline!.Summary.Silence.ShouldBe((double)frames / rate, 1.0 / 16000);
    }

    [Fact]
    public void Recognize_ShortWord_IsKeptAndMarked()
    {
        var word = Sounds.Announcement[9000..14_000];

        var result = CompactModel.Recognizer.Recognize(
            Sounds.Join(Sounds.Silence(1), word, Sounds.Silence(1)), 16000, options: Always, ct: Ct);

        result.Timeline!.Segments.ShouldHaveSingleItem().Quality.ShouldContain(note => note.Key == "too_short");
    }

    private sealed class KeepingSink : IRecognitionSink
    {
        public List<float> Samples { get; } = [];

        public List<float> Features { get; } = [];

        public void Waveform(ReadOnlySpan<float> samples) => Samples.AddRange(samples);

        void IRecognitionSink.Frames(ReadOnlySpan<float> features, int dimension) => Features.AddRange(features);
    }
}
