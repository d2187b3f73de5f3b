using Shouldly;
using SpeechEmotion.Graphs;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Graphs;

public sealed class ExternalWeightsTests
{
    [Fact]
    public void Append_SeveralTensors_StartOnTheirOwnPages()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("weights.bin");
        (long Offset, long Length) first, second;
        using (var weights = new ExternalWeights(path))
        {
            first = weights.Append([1, 2, 3]);
            second = weights.Append([4, 5]);
            weights.Flush();
        }

        first.ShouldBe((0L, 12L));
        second.ShouldBe((4096L, 8L));
        var bytes = File.ReadAllBytes(path);
        bytes.Length.ShouldBe(4104);
        BitConverter.ToSingle(bytes, 4096).ShouldBe(4);
    }
}
