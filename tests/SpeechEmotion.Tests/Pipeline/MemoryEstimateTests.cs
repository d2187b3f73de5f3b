using Shouldly;
using SpeechEmotion.Inference;
using SpeechEmotion.Options;
using SpeechEmotion.Pipeline;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Pipeline;

/// <summary>The estimate depends on the length that is processed at once.</summary>
public sealed class MemoryEstimateTests
{
    private const int Small = 320, Large = 1024;

    [Fact]
    public void Estimate_UpToThirtySeconds_IsThatOfTheWhole()
    {
        Estimate(12, new()).ShouldBe(Whole(12));
        Estimate(30, new()).ShouldBe(Whole(30));
        Estimate(null, new()).ShouldBe(Whole(30));
    }

    [Fact]
    public void Estimate_BySegments_IsThatOfTheParallelPiecesOrOfASilentBeginning()
    {
        Estimate(36_000, new(), Small).ShouldBe(Whole(10, Small));
        Estimate(36_000, new()).ShouldBe(Whole(10));
        Estimate(20, new() { Segments = SegmentationMode.Always }).ShouldBe(Whole(10));
        Estimate(null, new() { Segments = SegmentationMode.Always }).ShouldBe(Whole(10));
        Estimate(20, new() { Channels = ChannelMode.Split }).ShouldBe(Whole(10));
        Estimate(2, new() { Segments = SegmentationMode.Always }).ShouldBe(Whole(2));
        Estimate(2, new() { Segments = SegmentationMode.Always }, Small).ShouldBe(2 * Whole(2, Small));
    }

    [Fact]
    public void Estimate_SkippedSilence_CountsTheSpeechThatIsProcessedAtOnce()
    {
        var skip = new RecognitionOptions { Silence = SilenceMode.Skip };

        Estimate(36_000, skip, Small).ShouldBe(Whole(30, Small));
        Estimate(12, skip).ShouldBe(Whole(12));
        Estimate(36_000, skip with { Segments = SegmentationMode.Always }).ShouldBe(Whole(10));
    }

    [Fact]
    public void Estimate_WholeOfAnyLength_IsThatOfTheLengthOrOfTheModelsLimit()
    {
        var never = new RecognitionOptions { Segments = SegmentationMode.Never };
        var minute = new Sized(Large, 16000 * 60);

        Estimate(300, never).ShouldBe(Whole(300));
        Estimate(null, never).ShouldBeNull();
        MemoryEstimate.OfRecording(minute, TimeSpan.FromHours(1), never).ShouldBe(Whole(60));
        MemoryEstimate.OfRecording(minute, null, never).ShouldBe(Whole(60));
        MemoryEstimate.OfRecording(minute, TimeSpan.FromSeconds(40), never).ShouldBe(Whole(40));
    }

    [Fact]
    public void Estimate_Frames_AddsTheKeptFrames()
    {
        var frames = new RecognitionOptions { Granularity = Granularity.Frame };

        Estimate(10, frames).ShouldBe(Whole(10) + 70_000);
        Estimate(3600, frames).ShouldBe(Whole(10) + 25_200_000);
    }

    [Theory]
    [InlineData(3, 5)]
    [InlineData(8, 8)]
    public void Estimate_LiveStream_IsThatOfItsWindowOrAPiece(int window, int processed) =>
        MemoryEstimate.OfStream(new Sized(Large), TimeSpan.FromSeconds(window)).ShouldBe(Whole(processed));

    [Fact]
    public void SegmentsAtOnce_LargeModel_IsOne()
    {
        MemoryEstimate.SegmentsAtOnce(new Sized(Large)).ShouldBe(1);
        MemoryEstimate.SegmentsAtOnce(new Sized(Small)).ShouldBe(2);
    }

    private static long? Estimate(double? seconds, RecognitionOptions options, int dimension = Large) =>
        MemoryEstimate.OfRecording(new Sized(dimension), seconds is { } known ? TimeSpan.FromSeconds(known) : null, options);

    private static long Whole(double seconds, int dimension = Large) =>
        InferenceMemory.Estimate(new Sized(dimension), TimeSpan.FromSeconds(seconds));

    private sealed class Sized(int dimension, int? most = null) : IEmotionModel
    {
        public ModelIdentity Identity => Some.Model;

        public LabelSet? Labels => null;

        public int Dimension => dimension;

        public int MinSamples => 400;

        public int? MaxSamples => most;

        public ModelFrames Run(ReadOnlyMemory<float> waveform, CancellationToken ct = default) => throw new NotSupportedException();

        public void Dispose()
        {
            // Nothing is loaded.
        }
    }
}
