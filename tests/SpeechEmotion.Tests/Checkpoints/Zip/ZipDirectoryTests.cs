using Shouldly;
using Xunit;

namespace SpeechEmotion.Tests.Checkpoints.Zip;

public sealed class ZipDirectoryTests
{
    private static readonly byte[] Pickle = PickleWriter.OneTensor("FloatStorage", "0", 2, 0, [2], [1]);
    private static readonly byte[] Two = CheckpointFile.Floats(3, 4);

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Read_Zip64_IsTheSame(bool entries, bool end) =>
        CheckpointFile.ReadT(new ZipWriter().Add("any stem/data.pkl", Pickle, zip64: entries)
            .Add("any stem/data/0", Two, zip64: entries).Add("any stem/byteorder", "little"u8.ToArray()).ToBytes(zip64: end))
            .ShouldBe([3, 4]);

    [Fact]
    public void Read_BigEndian_IsUnsupported() =>
        CheckpointFile.Fails(new ZipWriter().Add("a/data.pkl", Pickle).Add("a/data/0", Two).Add("a/byteorder", "big"u8.ToArray()).ToBytes())
            .Code.ShouldBe("checkpoint.unsupported");

    [Fact]
    public void Read_TorchScript_IsUnsupported() =>
        CheckpointFile.Fails(new ZipWriter().Add("a/data.pkl", Pickle).Add("a/constants.pkl", Pickle).ToBytes())
            .Code.ShouldBe("checkpoint.unsupported");

    [Fact]
    public void Read_ZipWithoutPickle_IsNotACheckpoint() =>
        CheckpointFile.Fails(new ZipWriter().Add("folder/model.pt", Pickle).ToBytes()).Code.ShouldBe("checkpoint.not_a_checkpoint");

    public static TheoryData<string, byte[]> FalseDirectories() => new()
    {
        { "compressed pickle", new ZipWriter().Add("a/data.pkl", Pickle, method: 8).Add("a/data/0", Two).ToBytes() },
        { "compressed storage", new ZipWriter().Add("a/data.pkl", Pickle).Add("a/data/0", Two, method: 8).ToBytes() },
        { "encrypted storage", new ZipWriter().Add("a/data.pkl", Pickle).Add("a/data/0", Two, flags: 1).ToBytes() },
        { "two of a name", new ZipWriter().Add("a/data.pkl", Pickle).Add("a/data/0", Two).Add("a/data/0", Two).ToBytes() },
        { "two pickles", new ZipWriter().Add("a/data.pkl", Pickle).Add("b/data.pkl", Pickle).Add("a/data/0", Two).ToBytes() },
        { "overlap", new ZipWriter().Add("a/data.pkl", Pickle).Add("a/data/0", Two, header: 1).ToBytes() },
        { "same bytes twice", new ZipWriter().Add("a/data.pkl", Pickle).Add("a/data/0", Two, header: 0).ToBytes() },
        { "longer than the file", new ZipWriter().Add("a/data.pkl", Pickle).Add("a/data/0", Two, length: 1 << 20).ToBytes() },
        { "into the directory", new ZipWriter().Add("a/data.pkl", Pickle).Add("a/data/0", Two, length: 100).ToBytes() },
        { "header outside", new ZipWriter().Add("a/data.pkl", Pickle).Add("a/data/0", Two, header: uint.MaxValue - 1).ToBytes() },
        { "negative length", new ZipWriter().Add("a/data.pkl", Pickle).Add("a/data/0", Two, length: -1, zip64: true).ToBytes() },
        { "far away", new ZipWriter().Add("a/data.pkl", Pickle).Add("a/data/0", Two, header: long.MaxValue, zip64: true).ToBytes() },
        {
            "no header there",
            new ZipWriter().Add("a/data.pkl", Pickle).Add("a/data/0", new byte[40], length: 8, header: Pickle.Length + 60).ToBytes()
        },
        { "garbage behind", [.. ZipWriter.Checkpoint(Pickle, ("0", Two)), 1, 2, 3] },
    };

    [Theory]
    [MemberData(nameof(FalseDirectories))]
    public void Read_FalseDirectory_IsDamaged(string what, byte[] bytes) =>
        CheckpointFile.Fails(bytes).Code.ShouldBe("checkpoint.damaged", what);
}
