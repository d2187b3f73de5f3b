using Shouldly;
using SpeechEmotion.Segments;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Segments;

public sealed class VoiceActivityTests
{
    [Theory]
    [InlineData("call"), InlineData("announcement"), InlineData("noise")]
    public void Add_GoldenSound_GivesTheReferencesProbabilities(string name)
    {
        var golden = Repository.Golden("vad");

        var probabilities = Process(Sounds.Read(Path.Combine(golden, name + ".wav")), 8000);

        Rows.LargestDifference(probabilities, NpyFile.Read(Path.Combine(golden, name + ".npy")).Values).ShouldBeLessThan(1e-5f);
    }

    [Theory]
    [InlineData(1), InlineData(37), InlineData(512), InlineData(16000), InlineData(int.MaxValue)]
    public void Add_BlocksOfAnySize_GivesTheSameBits(int block) =>
        Process(Sounds.Call, block).ShouldBe(Process(Sounds.Call, 8000));

    [Fact]
    public void Add_WholeFrames_AreProcessedImmediately()
    {
        var activity = new VoiceActivity();

        activity.Add(new float[511]).ShouldBeEmpty();
        activity.Add(new float[2]).Count.ShouldBe(1);
        activity.Add(new float[511]).Count.ShouldBe(1);
        activity.Complete().ShouldBeEmpty();
    }

    [Fact]
    public void Complete_NothingAdded_GivesNothing() => new VoiceActivity().Complete().ShouldBeEmpty();

    [Fact]
    public void Complete_PartialFrame_IsPaddedWithSilence()
    {
        var filled = new float[1024];
        Sounds.Call.AsSpan(30000, 700).CopyTo(filled);

        Process(filled[..700], 700).ShouldBe(Process(filled, 1024));
    }

    private static float[] Process(float[] samples, int block)
    {
        var activity = new VoiceActivity();
        var probabilities = new List<float>();
        foreach (var part in Sounds.InBlocks(samples, Math.Min(block, samples.Length)))
            probabilities.AddRange(activity.Add(part.Span));
        probabilities.AddRange(activity.Complete());
        return [.. probabilities];
    }
}
