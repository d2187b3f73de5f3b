using Shouldly;
using SpeechEmotion.Segments;
using Xunit;

namespace SpeechEmotion.Tests.Segments;

public sealed class SegmentationOptionsTests
{
    public static TheoryData<float, float, double, double, double> Contradictions() => new()
    {
        { 0, 0.25f, 0.2, 0.1, 15 },
        { 1, 0.25f, 0.2, 0.1, 15 },
        { float.NaN, 0.25f, 0.2, 0.1, 15 },
        { 0.4f, 0.41f, 0.2, 0.1, 15 },
        { 0.4f, 0, 0.2, 0.1, 15 },
        { 0.4f, float.NaN, 0.2, 0.1, 15 },
        { 0.4f, 0.25f, 0.049, 0.01, 15 },
        { 0.4f, 0.25f, 0.2, 0.101, 15 },
        { 0.4f, 0.25f, 0.2, -0.01, 15 },
        { 0.4f, 0.25f, 0.2, 0.1, 1.99 },
        { 0.4f, 0.25f, 0.2, 0.1, 30.01 },
        { 0.4f, 0.25f, 2, 0.6, 2 },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Check_Contradiction_Throws(float threshold, float end, double pause, double padding, double longest) =>
        Should.Throw<ArgumentException>(Options(threshold, end, pause, padding, longest).Check);

    [Theory]
    [InlineData(0.4f, 0.4f, 0.05, 0, 2), InlineData(0.99f, 0.01f, 2, 1, 30)]
    public void Check_AtTheBounds_Passes(float threshold, float end, double pause, double padding, double longest) =>
        Should.NotThrow(Options(threshold, end, pause, padding, longest).Check);

    [Fact]
    public void Check_Defaults_Pass() => Should.NotThrow(SegmentationOptions.Default.Check);

    private static SegmentationOptions Options(float threshold, float end, double pause, double padding, double longest) => new()
    {
        Threshold = threshold,
        EndThreshold = end,
        Pause = TimeSpan.FromSeconds(pause),
        Padding = TimeSpan.FromSeconds(padding),
        Longest = TimeSpan.FromSeconds(longest),
    };
}
