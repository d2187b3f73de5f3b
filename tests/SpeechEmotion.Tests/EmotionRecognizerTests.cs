using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests;

public sealed class EmotionRecognizerTests
{
    private static readonly string Speech = Path.Combine(Repository.Golden("emotion2vec"), "audio", "speech.wav");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Recognize_File_NamesTheModel()
    {
        var result = CompactModel.Recognizer.Recognize(Speech, ct: Ct);

        result.Emotion.ShouldBe(Emotion.Neutral);
        result.Confidence.ShouldBe(0.5121f, 1e-3f);
        result.Model.Id.ShouldBe("compact");
        result.Model.CommercialUse.ShouldBe(false);
        result.Duration.TotalSeconds.ShouldBe(75228 / 16000.0, 1e-9);
        result.Timeline.ShouldBeNull();
    }

    [Fact]
    public void Recognize_FileStreamAndSamples_GiveTheSame()
    {
        var file = CompactModel.Recognizer.Recognize(Speech, ct: Ct);
        using var bytes = File.OpenRead(Speech);
        var stream = CompactModel.Recognizer.Recognize(bytes, ct: Ct);
        var raw = File.ReadAllBytes(Speech).AsSpan(44);
        var samples = new float[raw.Length / 2];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = BitConverter.ToInt16(raw[(2 * i)..]) / 32768f;
        var memory = CompactModel.Recognizer.Recognize(samples, 16000, ct: Ct);

        stream.Scores.Values.ToArray().ShouldBe(file.Scores.Values.ToArray());
        memory.Scores.Values.ToArray().ShouldBe(file.Scores.Values.ToArray());
    }

    [Fact]
    public void Recognize_FrameGranularity_LogitsOfFramesAverageToTheUtterances()
    {
        var model = CompactModel.Recognizer.Model;
        var frames = model.Run(Some.Noise(3), Ct);
        var mean = Rows.Mean(frames.Logits.Span, model.Labels!.Count);

        var utterance = CompactModel.Recognizer.Recognize(Some.Noise(3), 16000, ct: Ct);

        Rows.LargestDifference(utterance.Scores.Values, model.Labels.ScoreEmotions(mean).Values).ShouldBeLessThan(1e-5f);
    }

    [Fact]
    public void Recognize_FrameGranularity_GivesAFrameEachTwentyMilliseconds()
    {
        var options = new RecognitionOptions { Granularity = Granularity.Frame, Embedding = true };

        var result = CompactModel.Recognizer.Recognize(Some.Noise(2), 16000, options: options, ct: Ct);

        result.Frames!.Count.ShouldBe(100);
        result.Frames.Select((frame, i) => Math.Abs(frame.Start - (i * 0.02))).Max().ShouldBeLessThan(1e-9);
        result.Embedding!.Rows.ShouldBe(100);
        result.Embedding.Dimension.ShouldBe(320);
    }

    [Fact]
    public void Recognize_UtteranceEmbedding_IsTheMeanOfTheFrames()
    {
        var frames = CompactModel.Recognizer.Recognize(
            Speech, new() { Granularity = Granularity.Frame, Embedding = true }, Ct).Embedding!;
        var utterance = CompactModel.Recognizer.Recognize(Speech, new() { Embedding = true }, Ct).Embedding!;

        utterance.Rows.ShouldBe(1);
        for (var d = 0; d < frames.Dimension; d++)
        {
            var mean = Enumerable.Range(0, frames.Rows).Average(t => (double)frames.Values.Span[(t * frames.Dimension) + d]);
            utterance.Values.Span[d].ShouldBe((float)mean, 1e-4f);
        }
    }

    [Theory]
    [InlineData(10.0), InlineData(30.0)]
    public void Recognize_UpToThirtySeconds_ProcessesItWhole(double seconds)
    {
        using var model = new CountingModel();
        using var recognizer = new EmotionRecognizer(model);
        var samples = Some.Noise(seconds);

        var result = recognizer.Recognize(samples, 16000, options: new() { Granularity = Granularity.Frame, Embedding = true }, ct: Ct);

        model.Lengths.ShouldBe([samples.Length]);
        result.Timeline.ShouldBeNull();
        result.Frames!.Count.ShouldBe(((samples.Length - 400) / 320) + 1);
        result.Embedding!.Values.ToArray().ShouldBe(Enumerable.Range(0, result.Frames.Count).Select(t => samples[t * 320]));
    }

    [Fact]
    public void Recognize_MoreThanThirtySeconds_ProcessesSegments()
    {
        using var model = new CountingModel();
        using var recognizer = new EmotionRecognizer(model);

        var result = recognizer.Recognize(Sounds.Conversation.AsMemory(0, 480_016), 16000, ct: Ct);

        result.Timeline!.Segments.ShouldNotBeEmpty();
        model.Lengths.ShouldAllBe(length => length <= (5 * 16000) + 80);
    }

    [Fact]
    public void Recognize_NeverByPartsWithoutABound_ProcessesItWhole()
    {
        using var model = new CountingModel();
        using var recognizer = new EmotionRecognizer(model);

        var result = recognizer.Recognize(Some.Noise(100), 16000, options: new() { Segments = SegmentationMode.Never }, ct: Ct);

        model.Lengths.ShouldBe([1_600_000]);
        result.Timeline.ShouldBeNull();
    }

    [Fact]
    public void Recognize_NeverByPartsAndLongerThanTheModelProcesses_ReportsTooLong()
    {
        var options = new RecognitionOptions { Segments = SegmentationMode.Never };
        CompactModel.Recognizer.Recognize(Some.Noise(30), 16000, options: options, ct: Ct).Timeline.ShouldBeNull();

        var error = Should.Throw<ModelException>(
            () => CompactModel.Recognizer.Recognize(Some.Noise(30.001), 16000, options: options, ct: Ct));

        error.Code.ShouldBe("model.too_long");
        error.Message.ShouldContain("processes at most 30 s");
        error.MessageZh.ShouldContain("30 秒");
    }

    [Fact]
    public void Recognize_NeverByPartsAndMoreThanMemoryHolds_ReportsTooLong()
    {
        using var model = new CountingModel { Dimension = 1_000_000 };
        using var recognizer = new EmotionRecognizer(model);

        var error = Should.Throw<ModelException>(
            () => recognizer.Recognize(Some.Noise(100), 16000, options: new() { Segments = SegmentationMode.Never }, ct: Ct));

        error.Code.ShouldBe("model.too_long");
        error.Message.ShouldContain("has memory on this machine");
        model.Lengths.ShouldBeEmpty();
    }

    [Fact]
    public void Recognize_LessThanOneFrame_ReportsTooShort() =>
        Should.Throw<AudioException>(() => CompactModel.Recognizer.Recognize(new float[399], 16000, ct: Ct)).Code
            .ShouldBe("audio.too_short");

    [Fact]
    public void Recognize_ModelWithoutHead_ReportsFeaturesOnly()
    {
        using var recognizer = new EmotionRecognizer(new CountingModel([]));

        Should.Throw<ModelException>(() => recognizer.Recognize(Some.Noise(1), 16000, ct: Ct)).Code.ShouldBe("model.features_only");
    }

    [Fact]
    public async Task RecognizeManyAsync_Streams_AreDisposedAndOneThatCannotBeOpenedStopsNoOther()
    {
        using var root = new TemporaryFolder();
        var good = new MemoryStream(await File.ReadAllBytesAsync(Speech, Ct));
        RecordingInput[] inputs = [new("closed", () => throw new IOException("No such stream.")), new("good", () => good), new(Speech)];

        var outcomes = await CompactModel.Recognizer.RecognizeManyAsync(inputs, outputRoot: root.Path, ct: Ct).ToArrayAsync(Ct);

        outcomes.Select(outcome => outcome.Name).ShouldBe(["closed", "good", Speech]);
        outcomes[0].Error!.Code.ShouldBe("audio.not_readable");
        outcomes[0].Error!.Message.ShouldContain("closed");
        outcomes.Skip(1).ShouldAllBe(outcome => outcome.Recognition!.Provenance.ProcessedAudio != null);
        outcomes.Skip(1).ShouldAllBe(outcome => File.Exists(Path.Combine(outcome.Folder!, "result.json")));
        good.CanRead.ShouldBeFalse();
    }

    [Fact]
    public async Task RecognizeManyAsync_BadFileAmongGood_KeepsOrderAndContinues()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("bad.wav"), "this is no sound", Ct);

        var results = new List<FileRecognition>();
        await foreach (var result in CompactModel.Recognizer.RecognizeManyAsync([Speech, folder.File("bad.wav"), Speech], ct: Ct))
            results.Add(result);

        results.Select(result => result.Error?.Code).ShouldBe([null, "audio.unsupported_format", null]);
        results[2].Recognition!.Emotion.ShouldBe(results[0].Recognition!.Emotion);
    }

    [Fact]
    public async Task Recognize_ManyThreadsOverOneModel_AllGiveTheSame()
    {
        var alone = CompactModel.Recognizer.Recognize(Speech, ct: Ct).Scores.Values.ToArray();

        var together = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => Task.Run(() => CompactModel.Recognizer.Recognize(Speech, ct: Ct).Scores.Values.ToArray(), Ct)));

        together.ShouldAllBe(scores => scores.Zip(alone, (a, b) => Math.Abs(a - b)).Max() < 1e-5f);
    }

    [Fact]
    public void Recognize_Cancelled_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Should.Throw<OperationCanceledException>(() => CompactModel.Recognizer.Recognize(Speech, ct: cancelled.Token));
    }

    [Fact]
    public void Recognize_WithSink_StreamsInsteadOfKeeping()
    {
        var sink = new CountingSink();
        var options = new RecognitionOptions { Granularity = Granularity.Frame, Embedding = true, Sink = sink };

        var result = CompactModel.Recognizer.Recognize(Some.Noise(20), 16000, options: options, ct: Ct);

        result.Embedding.ShouldBeNull();
        sink.Samples.ShouldBe(20 * 16000);
        sink.Frames.ShouldBe(result.Frames!.Count);
    }

    private sealed class CountingSink : IRecognitionSink
    {
        public int Samples { get; private set; }

        public int Frames { get; private set; }

        public void Waveform(ReadOnlySpan<float> samples) => Samples += samples.Length;

        void IRecognitionSink.Frames(ReadOnlySpan<float> features, int dimension) => Frames += features.Length / dimension;
    }
}
