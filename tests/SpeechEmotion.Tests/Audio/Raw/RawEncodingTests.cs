using System.Runtime.InteropServices;
using Shouldly;
using SpeechEmotion.Audio.Raw;
using Xunit;

namespace SpeechEmotion.Tests.Audio.Raw;

public sealed class RawEncodingTests
{
    [Fact]
    public void Decode_Integers_DividesByHalfTheirRange()
    {
        var samples = new float[4];

        var count = RawEncoding.Integers.Decode(MemoryMarshal.AsBytes<short>([short.MinValue, 16384, 1]), samples);

        count.ShouldBe(3);
        samples.ShouldBe([-1, 0.5f, 1 / 32768f, 0]);
    }

    [Fact]
    public void Decode_EveryInteger_IsExact()
    {
        short[] integers = [.. Enumerable.Range(short.MinValue, 65535).Select(i => (short)i)];
        var samples = new float[integers.Length];

        RawEncoding.Integers.Decode(MemoryMarshal.AsBytes<short>(integers), samples);

        samples.ShouldBe(Array.ConvertAll(integers, i => (float)(i / 32768.0)));
    }

    [Fact]
    public void Decode_Floats_GivesThemAsTheyAre()
    {
        var samples = new float[2];

        RawEncoding.Floats.Decode(MemoryMarshal.AsBytes<float>([0.1f, -3]), samples).ShouldBe(2);

        samples.ShouldBe([0.1f, -3]);
    }

    [Fact]
    public void Decode_HalfASampleAtTheEnd_LeavesItOut()
    {
        var samples = new float[2];

        RawEncoding.Integers.Decode([0, 64, 7], samples).ShouldBe(1);

        samples.ShouldBe([0.5f, 0]);
    }

    [Fact]
    public void Decode_MoreThanFits_Throws() => Should.Throw<ArgumentException>(() => RawEncoding.Floats.Decode(new byte[8], new float[1]));

    [Theory]
    [InlineData("pcm_s16le", 2), InlineData("f32le", 4)]
    public void FromKey_ItsName_FindsIt(string key, int bytes)
    {
        RawEncoding.FromKey(key)!.Key.ShouldBe(key);
        RawEncoding.FromKey(key)!.SampleBytes.ShouldBe(bytes);
    }

    [Fact]
    public void FromKey_Unknown_IsNull() => RawEncoding.FromKey("mp3").ShouldBeNull();
}
