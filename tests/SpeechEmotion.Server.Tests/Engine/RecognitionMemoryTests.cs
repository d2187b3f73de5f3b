using Shouldly;
using SpeechEmotion.Models;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Engine;

/// <summary>What is heard at once decides.</summary>
public sealed class RecognitionMemoryTests
{
    private const long Limit = 5_000_000_000;

    [Fact]
    public void Estimate_UpToThirtySeconds_IsThatOfTheWhole()
    {
        Estimate(12, new()).ShouldBe(Whole(12));
        Estimate(30, new()).ShouldBe(Whole(30));
        Estimate(null, new()).ShouldBe(Whole(30));
    }

    [Fact]
    public void Estimate_BySegments_IsThatOfTwoPieces()
    {
        Estimate(36_000, new()).ShouldBe(2 * Whole(5));
        Estimate(20, new() { Segments = RecordingSegments.Always }).ShouldBe(2 * Whole(5));
        Estimate(null, new() { Segments = RecordingSegments.Always }).ShouldBe(2 * Whole(5));
        Estimate(20, new() { Channels = RecordingChannels.Split }).ShouldBe(2 * Whole(5));
        Estimate(2, new() { Segments = RecordingSegments.Always }).ShouldBe(2 * Whole(2));
    }

    [Fact]
    public void Estimate_WholeHoweverLong_IsThatOfAllOfIt()
    {
        var never = new RecognitionOptions { Segments = RecordingSegments.Never };

        Estimate(300, never).ShouldBe(Whole(300));
        Estimate(null, never).ShouldBe(Limit);
        RecognitionMemory.Estimate(new Sized(16000 * 60), TimeSpan.FromHours(1), never, Limit).ShouldBe(Whole(60));
    }

    [Fact]
    public void Estimate_Frames_AddsWhatIsKept()
    {
        var frames = new RecognitionOptions { Granularity = Granularity.Frame };

        Estimate(10, frames).ShouldBe(Whole(10) + 70_000);
        Estimate(3600, frames).ShouldBe((2 * Whole(5)) + 25_200_000);
    }

    private static long Estimate(double? seconds, RecognitionOptions options) =>
        RecognitionMemory.Estimate(new Sized(), seconds is { } known ? TimeSpan.FromSeconds(known) : null, options, Limit);

    private static long Whole(double seconds) => InferenceMemory.Estimate(new Sized(), TimeSpan.FromSeconds(seconds));

    private sealed class Sized(int? most = null) : IEmotionModel
    {
        public ModelIdentity Identity => Some.Model;

        public LabelSet? Labels => null;

        public int Dimension => 1024;

        public int MinSamples => 400;

        public int? MaxSamples => most;

        public ModelFrames Run(ReadOnlyMemory<float> waveform, CancellationToken ct = default) => throw new NotSupportedException();

        public void Dispose()
        {
            // Nothing is loaded.
        }
    }
}
