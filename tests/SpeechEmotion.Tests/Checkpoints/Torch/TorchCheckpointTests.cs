using System.Runtime.InteropServices;
using Shouldly;
using SpeechEmotion.Checkpoints.Torch;
using SpeechEmotion.Errors;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Checkpoints.Torch;

public sealed class TorchCheckpointTests
{
    private static readonly byte[] Six = CheckpointFile.Floats(0, 1, 2, 3, 4, 5);

    [Theory]
    [InlineData(0, new long[] { 2, 3 }, new long[] { 3, 1 }, new float[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData(0, new long[] { 3, 2 }, new long[] { 1, 3 }, new float[] { 0, 3, 1, 4, 2, 5 })]
    [InlineData(1, new long[] { 2, 2 }, new long[] { 3, 1 }, new float[] { 1, 2, 4, 5 })]
    [InlineData(1, new long[] { 2, 1, 2 }, new long[] { 1, 99, 2 }, new float[] { 1, 3, 2, 4 })]
    [InlineData(4, new long[] { }, new long[] { }, new float[] { 4 })]
    [InlineData(0, new long[] { 5, 0 }, new long[] { 1, 1 }, new float[] { })]
    public void Read_Strides_GivesRowMajorOrder(long offset, long[] shape, long[] strides, float[] expected) =>
        CheckpointFile.ReadT(ZipWriter.Checkpoint(
            PickleWriter.OneTensor("FloatStorage", "0", 6, offset, shape, strides), ("0", Six))).ShouldBe(expected);

    [Fact]
    public void Read_OtherElementTypes_WidensExactly()
    {
        float[] values = [1, -0.5f, 65504, 0];
        byte[] halves = MemoryMarshal.AsBytes<Half>([.. values.Select(value => (Half)value)]).ToArray();
        byte[] doubles = MemoryMarshal.AsBytes<double>([.. values.Select(value => (double)value)]).ToArray();
        byte[] brains = MemoryMarshal.AsBytes<ushort>([0x3f80, 0xbf00, 0x7f80, 0]).ToArray();
        float[] Read(string type, byte[] data) => CheckpointFile.ReadT(
            ZipWriter.Checkpoint(PickleWriter.OneTensor(type, "0", 4, 0, [4], [1]), ("0", data)));

        Read("HalfStorage", halves).ShouldBe(values);
        Read("DoubleStorage", doubles).ShouldBe(values);
        Read("BFloat16Storage", brains).ShouldBe([1, -0.5f, float.PositiveInfinity, 0]);
    }

    [Theory]
    [InlineData(6, 1, new long[] { 6 }, new long[] { 1 })]
    [InlineData(6, -1, new long[] { 2 }, new long[] { 1 })]
    [InlineData(6, 5, new long[] { 2 }, new long[] { -1 })]
    [InlineData(6, 0, new long[] { -2 }, new long[] { 1 })]
    [InlineData(6, 0, new long[] { 2, 2 }, new long[] { 5, 1 })]
    [InlineData(6, long.MaxValue, new long[] { 2 }, new long[] { 1 })]
    [InlineData(6, 0, new long[] { long.MaxValue, long.MaxValue, 4 }, new long[] { 0, 0, 0 })]
    [InlineData(6, 0, new long[] { 1L << 32, 1L << 32 }, new long[] { 0, 0 })]
    [InlineData(6, 0, new long[] { 2 }, new long[] { long.MaxValue })]
    [InlineData(6, 2, new long[] { 2, 2 }, new long[] { 0, 1 })]
    [InlineData(6, 0, new long[] { 3, 2 }, new long[] { 1, 1 })]
    [InlineData(7, 0, new long[] { 2 }, new long[] { 1 })]
    [InlineData(-1, 0, new long[] { 2 }, new long[] { 1 })]
    [InlineData(long.MaxValue, 0, new long[] { 2 }, new long[] { 1 })]
    public void Read_TensorOutsideItsStorage_IsDamagedAndNamed(long count, long offset, long[] shape, long[] strides)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.pt");
        File.WriteAllBytes(path, ZipWriter.Checkpoint(
            PickleWriter.OneTensor("FloatStorage", "0", count, offset, shape, strides), ("0", Six)));
        using var checkpoint = TorchCheckpoint.Open(path);

        var failure = Should.Throw<CheckpointException>(() => checkpoint.Check(checkpoint.Tensors["t"]));

        failure.Code.ShouldBe("checkpoint.damaged");
        failure.Message.ShouldContain("tensor t ");
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("1")]
    [InlineData("")]
    public void Read_StorageThatIsNotInTheFile_IsDamaged(string key) =>
        CheckpointFile.Fails(ZipWriter.Checkpoint(PickleWriter.OneTensor("FloatStorage", key, 6, 0, [6], [1]), ("0", Six)))
            .Code.ShouldBe("checkpoint.damaged");

    [Fact]
    public void Read_IntegerTensor_IsUnsupported() =>
        CheckpointFile.Fails(ZipWriter.Checkpoint(PickleWriter.OneTensor("LongStorage", "0", 3, 0, [3], [1]), ("0", Six)))
            .Code.ShouldBe("checkpoint.unsupported");

    [Fact]
    public void Read_DestinationOfAnotherLength_IsAnArgumentError()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.pt");
        File.WriteAllBytes(path, ZipWriter.Checkpoint(PickleWriter.OneTensor("FloatStorage", "0", 6, 0, [6], [1]), ("0", Six)));
        using var checkpoint = TorchCheckpoint.Open(path);

        Should.Throw<ArgumentException>(() => checkpoint.Read(checkpoint.Tensors["t"], new float[5]));
    }

    [Fact]
    public void Read_FileCutAfterOpening_IsDamaged()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.pt");
        File.WriteAllBytes(path, ZipWriter.Checkpoint(PickleWriter.OneTensor("FloatStorage", "0", 6, 0, [6], [1]), ("0", Six)));
        using var checkpoint = TorchCheckpoint.Open(path);
        // Other processes ignore the share mode of our handle, and so does Unix.
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a shared file can only be cut on Unix");
        System.Diagnostics.Process.Start("truncate", ["-s", "20", path]).WaitForExit();

        Should.Throw<CheckpointException>(() => checkpoint.Read("t")).Code.ShouldBe("checkpoint.damaged");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1945813412\n", "Git LFS")]
    [InlineData("\r\n<!DOCTYPE html><html><body>404</body></html>", "web page")]
    [InlineData("{\"error\": \"Entry not found\"}", "JSON")]
    [InlineData("GIF89a", "first bytes")]
    public void Open_AnotherKindOfFile_NamesTheKind(string content, string named)
    {
        var failure = CheckpointFile.Fails(System.Text.Encoding.UTF8.GetBytes(content));

        failure.Code.ShouldBe("checkpoint.not_a_checkpoint");
        failure.Message.ShouldContain(named);
    }

    [Fact]
    public void Open_NoFile_IsNotFound() =>
        Should.Throw<CheckpointException>(() => TorchCheckpoint.Open("/nowhere/model.pt")).Code.ShouldBe("checkpoint.not_found");

    [Fact]
    public void Open_WholePickledModel_IsNotACheckpoint()
    {
        var pickle = PickleWriter.Protocol2().Raw('}').Text("model").Global("funasr.models", "Emotion2vec").Raw(')').Raw(0x81)
            .Raw('}').Raw('b').Raw('s').Stop();

        CheckpointFile.Fails(ZipWriter.Checkpoint(pickle)).Code.ShouldBe("checkpoint.not_a_checkpoint");
    }

    [Fact]
    public void Open_Wrappings_AreRemovedInOrder()
    {
        var pickle = PickleWriter.Protocol2().Raw('}').Text("model").Raw('}').Text("model_state_dict").Raw('N').Raw('s').Raw('s')
            .Text("state_dict").Raw('}').Text("model").OrderedDict()
            .Text("t").Tensor("FloatStorage", "0", 6, 5, [1], [1]).Raw('s').Raw('s').Raw('s').Stop();

        CheckpointFile.ReadT(ZipWriter.Checkpoint(pickle, ("0", Six))).ShouldBe([5]);
    }
}
