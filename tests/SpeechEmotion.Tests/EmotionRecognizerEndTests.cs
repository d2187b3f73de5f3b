using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Inference;
using SpeechEmotion.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Audio;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests;

/// <summary>Recognitions by segments that end early.</summary>
public sealed class EmotionRecognizerEndTests
{
    private static readonly float[] Sound = Sounds.Join(Sounds.Silence(10), Sounds.Call);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Recognize_CancelledInTheMiddle_StopsAndNothingRuns()
    {
        using var cancelled = new CancellationTokenSource();
        using var model = new WatchedModel(run =>
        {
            if (run == 2)
                cancelled.Cancel();
            else if (run > 2)
                cancelled.Token.WaitHandle.WaitOne();
        });
        using var recognizer = new EmotionRecognizer(model);

        Should.Throw<OperationCanceledException>(() => recognizer.Recognize(Sounds.Conversation, 16000, ct: cancelled.Token));

        // The runs in parallel, and those just starting.
        model.Begun.ShouldBeInRange(2, 5);
        model.Ended.ShouldBe(model.Begun);
    }

    [Fact]
    public void Recognize_FileLostWhileSegmentsAreProcessed_FailsAndNothingRuns()
    {
        using var lost = new ManualResetEventSlim();
        // Earlier segments are certainly being processed when the file is lost: the model waits for the loss.
        using var model = new WatchedModel(_ => lost.Wait(Ct));
        using var recognizer = new EmotionRecognizer(model);
        using var reader = Reader(() =>
        {
            lost.Set();
            throw new IOException("The disk was removed.");
        });

        var error = Should.Throw<AudioException>(() => recognizer.Recognize(reader, new() { Segments = SegmentationMode.Always }, Ct));

        error.Code.ShouldBe("audio.not_readable");
        reader.Disposed.ShouldBeTrue();
        model.Begun.ShouldBeGreaterThan(0);
        model.Ended.ShouldBe(model.Begun);
    }

    [Fact]
    public void Recognize_DamagedSamplesAfterSegments_ReportsIt()
    {
        using var recognizer = new EmotionRecognizer(new CountingModel());
        var samples = Sounds.Join(Sound, Sounds.Conversation);
        samples[^5] = float.NaN;
        using var folder = new TemporaryFolder();
        var bytes = new byte[samples.Length * 4];
        Buffer.BlockCopy(samples, 0, bytes, 0, bytes.Length);
        File.WriteAllBytes(
            folder.File("damaged.wav"),
            TestSignal.Riff(TestSignal.Chunk("fmt ", TestSignal.Fmt(3, 1, 16000, 4, 32)), TestSignal.Chunk("data", bytes)));

        Should.Throw<AudioException>(() => recognizer.Recognize(folder.File("damaged.wav"), ct: Ct)).Code.ShouldBe("audio.not_finite");
    }

    [Fact]
    public void Recognize_ModelFailsInASegment_FailsWithThatAndNothingRuns()
    {
        using var model = new WatchedModel(run =>
        {
            if (run == 3)
                throw new ModelException("model.failed", "synthetic failure", "模拟的故障");
        });
        using var recognizer = new EmotionRecognizer(model);

        Should.Throw<ModelException>(() => recognizer.Recognize(Sounds.Conversation, 16000, ct: Ct)).Code.ShouldBe("model.failed");

        model.Ended.ShouldBe(model.Begun);
    }

    /// <summary>A reader that calls <paramref name="atEnd"/> after the first speech segments.</summary>
    private static ForeignReader Reader(Action atEnd)
    {
        var position = 0;
        return new(16000, 1, samples =>
        {
            if (position > 160_000 + 85_000)
                atEnd();
            Sound.AsSpan(position, samples.Length).CopyTo(samples);
            position += samples.Length;
            return samples.Length;
        });
    }

    /// <summary>Counts the runs that began and those that ended, successfully or not.</summary>
    private sealed class WatchedModel(Action<int> onRun) : IEmotionModel
    {
        private readonly CountingModel _model = new();
        private int _begun;
        private int _ended;

        public int Begun => Volatile.Read(ref _begun);

        public int Ended => Volatile.Read(ref _ended);

        public ModelIdentity Identity => _model.Identity;

        public LabelSet? Labels => _model.Labels;

        public int Dimension => _model.Dimension;

        public int MinSamples => _model.MinSamples;

        public int? MaxSamples => null;

        public ModelFrames Run(ReadOnlyMemory<float> waveform, CancellationToken ct = default)
        {
            var run = Interlocked.Increment(ref _begun);
            try
            {
                onRun(run);
                // Long enough that a run is still active if the recognizer does not wait for its end.
                for (var i = 0; i < 100_000; i++)
                    Thread.SpinWait(1);
                return _model.Run(waveform, ct);
            }
            finally
            {
                Interlocked.Increment(ref _ended);
            }
        }

        public void Dispose()
        {
        }
    }
}
