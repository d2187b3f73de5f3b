using System.Numerics.Tensors;
using Shouldly;
using SpeechEmotion.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests;

/// <summary>The influence of the silence around the speech on the result.</summary>
public sealed class EmotionRecognizerSilenceTests
{
    /// <summary>Speech loud enough that <see cref="LoudnessModel"/> scores every frame as angry.</summary>
    private static readonly float[] Loud = Array.ConvertAll(Sounds.Sentence, sample => sample * 8);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 1), InlineData(1, 1), InlineData(0, 5), InlineData(0, 10), InlineData(2, 0), InlineData(5, 5), InlineData(10, 10)]
    [InlineData(20, 30)]
    public void Recognize_SpeechOnlyModel_SilenceAroundTheSpeechHardlyMovesTheScores(int before, int after)
    {
        var plain = CompactModel.Recognizer.Recognize(Sounds.Sentence, 16000, ct: Ct);

        var padded = CompactModel.Recognizer.Recognize(
            Sounds.Join(Sounds.Silence(before), Sounds.Sentence, Sounds.Silence(after)), 16000, ct: Ct);

        padded.Emotion.ShouldBe(plain.Emotion);
        Rows.LargestDifference(padded.Scores.Values, plain.Scores.Values).ShouldBeLessThan(0.2f);
        padded.Quality.ShouldNotContain(note => note.Reason == QualityReason.MostlySilent);
        padded.SpeechOnly.ShouldBeNull();
        padded.Provenance.Options.Silence.ShouldBe("skip");
    }

    [Fact]
    public void Recognize_PaddedToJustBelowAndAboveThirtySeconds_GivesTheSame()
    {
        var below = CompactModel.Recognizer.Recognize(Padded(29.7), 16000, options: new() { Embedding = true }, ct: Ct);
        var above = CompactModel.Recognizer.Recognize(Padded(30.7), 16000, options: new() { Embedding = true }, ct: Ct);

        Rows.LargestDifference(above.Scores.Values, below.Scores.Values).ShouldBeLessThan(1e-4f);
        Rows.LargestDifference(above.Embedding!.Values.Span, below.Embedding!.Values.Span).ShouldBeLessThan(1e-2f);
        (below.Timeline, above.Timeline!.Segments.Count).ShouldBe((null, above.Timeline.Segments.Count));
        above.Timeline.Segments.ShouldNotBeEmpty();
        (above.Provenance.Options.Segments, above.Provenance.Options.Silence).ShouldBe(("segments", "skip"));

        static float[] Padded(double seconds) =>
            Sounds.Join(Sounds.Silence(2), Sounds.Sentence, Sounds.Silence(seconds - 2 - (Sounds.Sentence.Length / 16000.0)));
    }

    [Theory]
    [InlineData(8), InlineData(35)]
    public void Recognize_FramesOfSpeechAmongSilence_AreOnTheGridAndAverageToTheAnswer(int silence)
    {
        using var recognizer = new EmotionRecognizer(new LoudnessModel { SpeechOnly = true });
        var samples = Sounds.Join(Sounds.Silence(silence), Loud, Sounds.Silence(3));

        var result = recognizer.Recognize(samples, 16000, options: new() { Granularity = Granularity.Frame }, ct: Ct);

        result.Frames!.Count.ShouldBe((int)FrameGrid.FramesOf(samples.Length));
        result.Frames[(silence * 50) - 25].Scores.ShouldBeNull();
        result.Frames[^25].Scores.ShouldBeNull();
        result.Frames[(silence * 50) + 100].Scores.ShouldNotBeNull();
        var processed = result.Frames.Where(frame => frame.Scores is not null).ToArray();
        var logits = new float[9];
        logits[(int)Emotion.Angry] = 4f * processed.Count(frame => frame.Scores!.Top == Emotion.Angry) / processed.Length;
        logits[(int)Emotion.Neutral] = 4 - logits[(int)Emotion.Angry];
        Rows.LargestDifference(result.Scores.Values, new LoudnessModel().Labels.ScoreEmotions(logits).Values).ShouldBeLessThan(1e-4f);
    }

    [Fact]
    public void Recognize_ModelThatKeepsSilence_NotesMostlySilentAndGivesTheSpeechByItself()
    {
        using var model = new LoudnessModel();
        using var recognizer = new EmotionRecognizer(model);
        var samples = Sounds.Join(Loud, Sounds.Silence(22));

        var result = recognizer.Recognize(samples, 16000, ct: Ct);

        result.Emotion.ShouldBe(Emotion.Neutral);
        result.SpeechOnly!.Emotion.ShouldBe(Emotion.Angry);
        TensorPrimitives.Sum(result.SpeechOnly.Scores.Values).ShouldBe(1, 1e-5f);
        result.Quality[0].Key.ShouldBe("mostly_silent");
        result.Quality[0].Value.ShouldBe(17, 4);
        result.Provenance.Options.Silence.ShouldBeNull();
        model.Lengths.First().ShouldBe(samples.Length);
    }

    [Fact]
    public void Recognize_SpeechGivesTheSameEmotion_NoSecondAnswer()
    {
        using var recognizer = new EmotionRecognizer(new LoudnessModel());
        var soft = Array.ConvertAll(Sounds.Sentence, sample => sample * 0.1f);

        var result = recognizer.Recognize(Sounds.Join(soft, Sounds.Silence(22)), 16000, ct: Ct);

        result.Quality[0].Key.ShouldBe("mostly_silent");
        result.SpeechOnly.ShouldBeNull();
    }

    [Fact]
    public void Recognize_ModelThatKeepsSilence_SpeechForTheMostPart_HasNoNote()
    {
        using var model = new LoudnessModel();
        using var recognizer = new EmotionRecognizer(model);

        recognizer.Recognize(Sounds.Sentence, 16000, ct: Ct).Quality.ShouldNotContain(note => note.Reason == QualityReason.MostlySilent);

        model.Lengths.ShouldBe([Sounds.Sentence.Length]);
    }

    [Theory]
    [InlineData(22), InlineData(60)]
    public void Recognize_Skip_AnswersOverTheSpeechAlone(int silence)
    {
        using var recognizer = new EmotionRecognizer(new LoudnessModel());
        var samples = Sounds.Join(Loud, Sounds.Silence(silence));

        var result = recognizer.Recognize(samples, 16000, options: new() { Silence = SilenceMode.Skip }, ct: Ct);

        result.Emotion.ShouldBe(Emotion.Angry);
        result.Quality.ShouldNotContain(note => note.Reason == QualityReason.MostlySilent);
        result.Provenance.Options.Silence.ShouldBe("skip");
    }

    [Fact]
    public void Recognize_Keep_IsTheModelsMeanOverAllFrames()
    {
        var model = CompactModel.Recognizer.Model;
        var samples = Sounds.Join(Sounds.Sentence, Sounds.Silence(6));
        var mean = Rows.Mean(model.Run(samples, Ct).Logits.Span, model.Labels!.Count);

        var result = CompactModel.Recognizer.Recognize(samples, 16000, options: new() { Silence = SilenceMode.Keep }, ct: Ct);

        Rows.LargestDifference(result.Scores.Values, model.Labels.ScoreEmotions(mean).Values).ShouldBeLessThan(1e-5f);
        result.Quality[0].Key.ShouldBe("mostly_silent");
    }

    [Theory]
    [InlineData(4.0), InlineData(60.0)]
    public void Recognize_NoiseOfAnyLength_NotesNoSpeech(double seconds)
    {
        var noise = Enumerable.Repeat(Sounds.Noise, 1 + (int)(seconds / 4.8))
            .SelectMany(part => part)
            .Take((int)(seconds * 16000))
            .ToArray();

        var result = CompactModel.Recognizer.Recognize(noise, 16000, ct: Ct);

        result.Quality[0].Key.ShouldBe("no_speech");
        result.Quality[0].Value.ShouldBe(seconds, 0.1);
    }

    [Fact]
    public void Recognize_DigitalSilence_NotesOnlySilence() =>
        CompactModel.Recognizer.Recognize(Sounds.Silence(3), 16000, ct: Ct).Quality
            .Where(note => note.Reason != QualityReason.LowConfidence).ShouldHaveSingleItem().Key.ShouldBe("silence");

    [Fact]
    public void Recognize_MoreSpeechThanIsProcessedAtOnce_GoesBySegments()
    {
        using var model = new LoudnessModel { SpeechOnly = true };
        using var recognizer = new EmotionRecognizer(model);

        var result = recognizer.Recognize(Sounds.WithoutPause(33), 16000, ct: Ct);

        result.Provenance.Options.Silence.ShouldBeNull();
        model.Lengths.ShouldAllBe(length => length <= (5 * 16000) + 80);
        var always = recognizer.Recognize(Sounds.WithoutPause(33), 16000, options: new() { Segments = SegmentationMode.Always }, ct: Ct);
        result.Scores.Values.ToArray().ShouldBe(always.Scores.Values.ToArray());
    }
}
