using System.Buffers.Binary;
using System.IO.Compression;
using Shouldly;
using SpeechEmotion.Server.Sources;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Sources.Archives;

/// <summary>Archives that are damaged, or made to do damage.</summary>
public sealed class ArchiveSourceHostileTests : IDisposable
{
    private const int BombBytes = 80 << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.zip"), InlineData("a.tar.zst"), InlineData("a.tar.gz")]
    public void Read_Bomb_IsAnItemWithAnErrorAndLeavesNothing(string name)
    {
        var archive = Archive(name, ("bomb.wav", new byte[BombBytes]), ("a.wav", SourceReading.Wav));

        var items = SourceReading.Read(_folder, archive);

        items.Select(item => item.Error?.Code).ShouldBe(["source.archive_bomb", null]);
        Directory.GetFiles(Path.GetDirectoryName(items[0].Location)!).ShouldBe([items[1].Location]);
    }

    [Fact]
    public void Read_TarOfBombs_IsRefusedAsAWhole()
    {
        var zeros = new byte[BombBytes];
        var archive = Archive(
            "a.tar.zst", ("1.txt", zeros), ("2.wav", zeros), ("3.txt", zeros), ("4.txt", zeros), ("a.wav", SourceReading.Wav));

        var (items, failure) = SourceReading.ReadUntilFailure(SourceReading.Options(_folder), archive);

        items.ShouldHaveSingleItem().Error!.Code.ShouldBe("source.archive_bomb");
        failure!.Code.ShouldBe("source.archive_bomb");
    }

    [Fact]
    public void Read_BombThatStatesAnEnormousSize_IsRefusedSoon()
    {
        var path = _folder.File("a.tar.zst");
        using (var file = ArchiveFiles.Compressed(File.Create(path), path))
        {
            file.Write(ArchiveFiles.TarHeaderOf("bomb.txt", '0', (1L << 33) - 1));
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 200; i++)
                file.Write(zeros);
        }
        var options = SourceReading.Options(_folder) with { MaxRecordingBytes = 100 << 20 };
        Should.Throw<SourceException>(() => SourceReading.Read(options, path)).Code.ShouldBe("source.archive_bomb");
    }

    [Fact]
    public void Read_SizeThatLies_IsAnItemWithAnError()
    {
        var wav = Recordings.Noise(1);
        var archive = Archive("a.zip", ("small.wav", wav), ("large.wav", wav), ("a.wav", SourceReading.Wav));
        ArchiveFiles.PatchDirectory(archive, 0, 24, Bytes(100));
        ArchiveFiles.PatchDirectory(archive, 1, 24, Bytes(wav.Length + 1));

        var items = SourceReading.Read(_folder, archive);

        items.Select(item => item.Error?.Code).ShouldBe(["source.entry_damaged", "source.entry_damaged", null]);
        Directory.GetFiles(Path.GetDirectoryName(items[0].Location)!).ShouldBe([items[2].Location]);
    }

    [Theory]
    [InlineData("a.zip"), InlineData("a.tar")]
    public void Read_LargerThanAllowed_IsAnItemWithAnError(string name)
    {
        var archive = Archive(name, ("large.wav", SourceReading.Wav), ("a.wav", [.. SourceReading.Wav.AsSpan(0, 100)]));
        var items = SourceReading.Read(SourceReading.Options(_folder) with { MaxRecordingBytes = 1000 }, archive);
        items.Select(item => item.Error?.Code).ShouldBe(["source.too_large", null]);
    }

    [Theory]
    [InlineData("a.zip"), InlineData("a.tar")]
    public void Read_MoreEntriesThanAllowed_IsRefused(string name)
    {
        var archive = Archive(name, ("a.wav", SourceReading.Wav), ("b.wav", SourceReading.Wav), ("c.txt", []));
        var (items, failure) = SourceReading.ReadUntilFailure(SourceReading.Options(_folder) with { MaxEntries = 2 }, archive);
        items.Count.ShouldBe(2);
        failure!.Code.ShouldBe("source.too_many_entries");
    }

    [Theory]
    [InlineData("a.tar"), InlineData("a.tar.gz"), InlineData("a.tar.zst")]
    public void Read_TruncatedTar_GivesTheItemsBefore(string name)
    {
        var archive = Archive(name, ("a.wav", Recordings.Noise(2)), ("b.wav", Recordings.Noise(30)));
        using (var file = File.OpenWrite(archive))
            file.SetLength(file.Length * 3 / 4);

        var (items, failure) = SourceReading.ReadUntilFailure(SourceReading.Options(_folder), archive);

        items.ShouldHaveSingleItem().Name.ShouldBe($"{archive}/a.wav");
        failure!.Code.ShouldBe("source.archive_damaged");
        failure.Message.ShouldContain(archive);
        Directory.GetFiles(Path.GetDirectoryName(items[0].Location)!).ShouldBe([items[0].Location]);
    }

    [Fact]
    public void Read_TarWithoutItsEnd_IsDamaged()
    {
        var path = _folder.File("a.tar");
        File.WriteAllBytes(path, [.. ArchiveFiles.TarHeaderOf("a.wav", '0', 512), .. new byte[512]]);

        var (items, failure) = SourceReading.ReadUntilFailure(SourceReading.Options(_folder), path);

        items.Count.ShouldBe(1);
        failure!.Code.ShouldBe("source.archive_damaged");
    }

    [Fact]
    public void Read_TarHeaderThatIsNone_IsDamaged()
    {
        var path = _folder.File("a.tar");
        File.WriteAllBytes(path, [.. ArchiveFiles.TarHeaderOf("a.wav", '0', 0), .. Enumerable.Repeat((byte)'x', 512), .. new byte[1024]]);
        var (items, failure) = SourceReading.ReadUntilFailure(SourceReading.Options(_folder), path);
        (items.Count, failure!.Code).ShouldBe((1, "source.archive_damaged"));
    }

    [Theory]
    [InlineData('x'), InlineData('L')]
    public void Read_EnormousExtendedHeader_IsRefusedWithoutMemory(char type)
    {
        var path = _folder.File("a.tar");
        using (var file = File.Create(path))
        {
            file.Write(ArchiveFiles.TarHeaderOf("x", type, 1L << 31));
            file.SetLength(3L << 30);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();

        Should.Throw<SourceException>(() => SourceReading.Read(_folder, path)).Code.ShouldBe("source.archive_damaged");

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8 << 20);
    }

    [Fact]
    public void Read_TruncatedZip_IsDamaged()
    {
        var archive = Archive("a.zip", ("a.wav", SourceReading.Wav), ("b.wav", SourceReading.Wav));
        using (var file = File.OpenWrite(archive))
            file.SetLength(file.Length - 30);
        Should.Throw<SourceException>(() => SourceReading.Read(_folder, archive)).Code.ShouldBe("source.archive_damaged");
    }

    [Fact]
    public void Read_ZipWithADamagedDirectory_GivesTheItemsBefore()
    {
        var archive = Archive("a.zip", ("a.wav", SourceReading.Wav), ("b.wav", SourceReading.Wav));
        ArchiveFiles.PatchDirectory(archive, 1, 0, "XX"u8);
        var (items, failure) = SourceReading.ReadUntilFailure(SourceReading.Options(_folder), archive);
        (items.Count, failure!.Code).ShouldBe((1, "source.archive_damaged"));
    }

    [Fact]
    public void Read_ZipWithADamagedEntry_LosesOnlyThatOne()
    {
        var archive = Archive("a.zip", ("a.wav", Recordings.Noise(1)), ("b.wav", SourceReading.Wav), ("c.wav", SourceReading.Wav));
        ArchiveFiles.PatchDirectory(archive, 1, 42, Bytes(7));
        var bytes = File.ReadAllBytes(archive);
        bytes.AsSpan(1000, 200).Fill(0xFF);
        File.WriteAllBytes(archive, bytes);

        SourceReading.Read(_folder, archive).Select(item => item.Error?.Code)
            .ShouldBe(["source.entry_damaged", "source.entry_damaged", null]);
    }

    [Fact]
    public void Read_ZipBehindAProgram_IsReadIfItStartsLikeAZip()
    {
        // Records before the archive shift all offsets, as in an archive that extracts itself.
        var archive = Archive("a.zip", ("a.wav", SourceReading.Wav));
        File.WriteAllBytes(archive, [.. "PK\u0003\u0004 some program"u8, .. File.ReadAllBytes(archive)]);
        File.ReadAllBytes(SourceReading.Read(_folder, archive).ShouldHaveSingleItem().Location).ShouldBe(SourceReading.Wav);
    }

    [Fact]
    public void Read_ZipWithManyEntries_StatesThemIn64Bits()
    {
        const int count = 70_000;
        var path = _folder.File("a.zip");
        using (var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create))
        {
            for (var i = 0; i < count; i++)
                archive.CreateEntry($"{i}.wav", CompressionLevel.NoCompression);
        }
        var options = SourceReading.Options(_folder) with { IsDone = (_, _, _) => true };

        RecordingSource.Read([path], options, TestContext.Current.CancellationToken).Count().ShouldBe(count);
    }

    private static byte[] Bytes(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private string Archive(string name, params (string Name, byte[] Bytes)[] entries) => name.EndsWith(".zip", StringComparison.Ordinal)
        ? ArchiveFiles.Zip(_folder, name, entries)
        : ArchiveFiles.Tar(_folder, name, entries);
}
