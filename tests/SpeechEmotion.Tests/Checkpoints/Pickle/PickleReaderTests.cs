using Shouldly;
using SpeechEmotion.Checkpoints.Emotion2vec;
using SpeechEmotion.Checkpoints.Torch;
using SpeechEmotion.Errors;
using SpeechEmotion.Tests.Checkpoints.Emotion2vec;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Checkpoints.Pickle;

public sealed class PickleReaderTests
{
    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("subprocess", "check_output")]
    public void Read_Call_IsNotMade(string module, string name)
    {
        using var folder = new TemporaryFolder();
        var (path, marker) = (folder.File("model.pt"), folder.File("marker"));
        var command = name == "eval" ? $"open('{marker}', 'w')" : $"touch {marker}";
        File.WriteAllBytes(path, ZipWriter.Checkpoint(PickleWriter.Protocol2().OrderedDict()
            .Text("proj.weight").Global(module, name).Raw('(').Text(command).Raw('t').Raw('R').Raw('s').Stop()));

        using var checkpoint = TorchCheckpoint.Open(path);
        var weights = new Emotion2vecWeights(checkpoint, Emotion2vecConfigFileTests.Tiny());

        File.Exists(marker).ShouldBeFalse();
        Should.Throw<CheckpointException>(() => weights.Read("proj.weight", [9, 64], new float[576]))
            .Code.ShouldBe("checkpoint.missing_tensor");
    }

    [Fact]
    public void Read_UnknownObjects_IgnoreOperationsOnThem()
    {
        var pickle = PickleWriter.Protocol2().Raw('}').Raw('(')
            .Text("args").Global("argparse", "Namespace").Raw(')').Raw(0x81)
            .Raw('}').Text("lr").Raw(']').Raw('N').Raw('a').Raw('s').Raw('b')
            .Text("cfg").Global("omegaconf.dictconfig", "DictConfig").Raw(')').Raw('R').Raw('(').Text("a").Raw('N').Raw('u')
            .Text("list").Global("fairseq", "List").Raw(')').Raw('R').Raw('(').Raw('N').Raw('N').Raw('e').Raw('N').Raw('a')
            .Text("set").Raw(0x8f).Raw('(').Raw('N').Raw(0x90)
            .Text("model").OrderedDict().Text("t").Global("torch._utils", "_rebuild_parameter").Raw('(')
            .Tensor("FloatStorage", "0", 2, 0, [2], [1]).Raw(0x88).OrderedDict().Raw('t').Raw('R').Raw('s').Raw('u').Stop();

        CheckpointFile.ReadT(ZipWriter.Checkpoint(pickle, ("0", CheckpointFile.Floats(3, 4)))).ShouldBe([3, 4]);
    }

    [Fact]
    public void Read_Protocol4_FramesMemoAndStackGlobalsWork()
    {
        var pickle = new PickleWriter().Raw(0x80, 4, 0x95).Raw(new byte[8])
            .Raw(0x8c, 11).Raw("collections"u8.ToArray()).Raw(0x94).Raw(0x8c, 11).Raw("OrderedDict"u8.ToArray()).Raw(0x94)
            .Raw(0x93).Raw(0x94).Raw(')').Raw('R').Raw(0x94).Text("t").Tensor("FloatStorage", "0", 2, 0, [2], [1])
            .Raw('s').Raw('0').Raw('h').Raw(3).Stop();

        CheckpointFile.ReadT(ZipWriter.Checkpoint(pickle, ("0", CheckpointFile.Floats(3, 4)))).ShouldBe([3, 4]);
    }

    [Theory]
    [InlineData((byte)']')] // lists
    [InlineData((byte)'}')] // dictionaries
    [InlineData((byte)'(')] // marks
    [InlineData((byte)')')] // tuples
    public void Read_FloodOfObjects_IsRefused(byte opcode)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var bytes = ZipWriter.Checkpoint(PickleWriter.Protocol2().Repeat(2_500_000, opcode).Stop());

        CheckpointFile.Fails(bytes).Code.ShouldBe("checkpoint.damaged");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(512L << 20);
    }

    [Theory]
    [InlineData(0x85, 0x85)] // (((...),),)
    [InlineData(']', 'a')] // [[[...]]]
    public void Read_DeepNesting_DoesNotOverflowTheStack(int opening, int closing)
    {
        const int Depth = 900_000;
        var pickle = PickleWriter.Protocol2().OrderedDict().Text("deep");
        if (closing == 'a')
            pickle.Repeat(Depth, (byte)opening).Repeat(Depth - 1, (byte)closing);
        else
            pickle.Raw('N').Repeat(Depth, (byte)opening);
        var bytes = pickle.Raw('s').Text("t").Tensor("FloatStorage", "0", 1, 0, [1], [1]).Raw('s').Stop();

        CheckpointFile.ReadT(ZipWriter.Checkpoint(bytes, ("0", CheckpointFile.Floats(7)))).ShouldBe([7]);
    }

    [Fact]
    public void Read_HugeMemoIndex_IsDamagedWithoutTakingMemory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        CheckpointFile.Fails(ZipWriter.Checkpoint(PickleWriter.Protocol2().Raw('N').Raw('r').Int32(-16).Stop()))
            .Code.ShouldBe("checkpoint.damaged");

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4L << 20);
    }

    [Fact]
    public void Read_MemoBomb_IsSharedAndNotExpanded()
    {
        // Sixty nested tuples, each with the previous one twice: 2^60 leaves if the reader walked them.
        var pickle = PickleWriter.Protocol2().OrderedDict().Text("bomb").Raw('N');
        for (var i = 0; i < 60; i++)
            pickle.Raw('q').Raw((byte)i).Raw('h').Raw((byte)i).Raw(0x86);
        var bytes = pickle.Raw('s').Text("t").Tensor("FloatStorage", "0", 1, 0, [1], [1]).Raw('s').Stop();

        CheckpointFile.ReadT(ZipWriter.Checkpoint(bytes, ("0", CheckpointFile.Floats(7)))).ShouldBe([7]);
    }

    public static TheoryData<string, byte[]> Malformed() => new()
    {
        { "empty", [] },
        { "no stop", [0x80, 2, (byte)'N'] },
        { "nothing on the stack", [0x80, 2, (byte)'.'] },
        { "protocol 6", [0x80, 6, (byte)'N', (byte)'.'] },
        { "unknown opcode", [0x80, 2, 0xff] },
        { "text opcode of protocol 0", [0x80, 2, (byte)'i', (byte)'o', (byte)'s', (byte)'\n'] },
        { "string beyond the end", [0x80, 2, (byte)'X', 0xff, 0xff, 0xff, 0x7f] },
        { "string of negative length", [0x80, 4, 0x8d, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff] },
        { "integer of negative length", [0x80, 2, 0x8b, 0xff, 0xff, 0xff, 0xff] },
        { "memo that was never put", [0x80, 2, (byte)'h', 9, (byte)'.'] },
        { "tuple without a mark", [0x80, 2, (byte)'N', (byte)'t', (byte)'.'] },
        { "reduce of one", [0x80, 2, (byte)'N', (byte)'R', (byte)'.'] },
        { "odd items", [0x80, 2, (byte)'}', (byte)'(', (byte)'N', (byte)'u', (byte)'.'] },
        { "pop below the mark", [0x80, 2, (byte)'N', (byte)'(', 0x85, (byte)'.'] },
        { "global without an end", [0x80, 2, (byte)'c', .. Enumerable.Repeat((byte)'a', 5000)] },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Read_Malformed_IsDamagedAtAnOffset(string what, byte[] pickle)
    {
        var failure = CheckpointFile.Fails(ZipWriter.Checkpoint(pickle));

        failure.Code.ShouldBe("checkpoint.damaged", what);
        failure.Message.ShouldContain("at byte ", Case.Sensitive, what);
    }
}
