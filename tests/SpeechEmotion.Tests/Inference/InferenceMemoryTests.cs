using Shouldly;
using SpeechEmotion.Inference;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Inference;

/// <summary>Compares the estimate with measurements.</summary>
public sealed class InferenceMemoryTests
{
    [Theory]
    [InlineData(1024, 1, 22)]
    [InlineData(1024, 3, 65)]
    [InlineData(1024, 5, 105)]
    [InlineData(1024, 10, 221)]
    [InlineData(1024, 15, 384)]
    [InlineData(1024, 20, 528)]
    [InlineData(1024, 30, 735)]
    [InlineData(768, 1, 20)]
    [InlineData(768, 5, 88)]
    [InlineData(768, 10, 220)]
    [InlineData(768, 20, 443)]
    public void Estimate_FullSizeModel_IsCloseToWhatWasMeasured(int dimension, double seconds, double megabytes) =>
        (Estimate(dimension, seconds) / 1e6).ShouldBeInRange(megabytes * 0.9, megabytes * 1.25);

    [Theory]
    [InlineData(320, 5, 8)]
    [InlineData(320, 15, 42)]
    [InlineData(320, 30, 174)]
    public void Estimate_SmallModel_IsEnough(int dimension, double seconds, double megabytes) =>
        (Estimate(dimension, seconds) / 1e6).ShouldBeGreaterThan(megabytes);

    [Theory]
    [InlineData(320)]
    [InlineData(768)]
    [InlineData(1024)]
    public void Longest_OfAnEstimate_IsWhatWasEstimated(int dimension) =>
        InferenceMemory.Longest(new Sized(dimension), Estimate(dimension, 12)).TotalSeconds.ShouldBe(12, 1e-3);

    [Fact]
    public void Longest_NoMemory_IsNothing() => InferenceMemory.Longest(new Sized(1024), -1).ShouldBe(TimeSpan.Zero);

    private static long Estimate(int dimension, double seconds) =>
        InferenceMemory.Estimate(new Sized(dimension), TimeSpan.FromSeconds(seconds));

    private sealed class Sized(int dimension) : IEmotionModel
    {
        public ModelIdentity Identity => Some.Model;

        public LabelSet? Labels => null;

        public int Dimension => dimension;

        public int MinSamples => 400;

        public int? MaxSamples => null;

        public ModelFrames Run(ReadOnlyMemory<float> waveform, CancellationToken ct = default) => throw new NotSupportedException();

        public void Dispose()
        {
            // Nothing is loaded.
        }
    }
}
