using System.Formats.Tar;
using System.Text;
using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Sources;
using SpeechEmotion.Server.Sources.Archives;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Sources.Archives;

public sealed class ArchiveSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Archives with names that do not say what they are.</summary>
    public static TheoryData<string> Names => ["a.zip", "a.tar", "a.tar.gz", "a.tgz", "a.tar.zst"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_Archive_ExtractsItsRecordings(string name)
    {
        var archive = Archive(
            name, ("语音/一.wav", SourceReading.Wav), ("notes.txt", [.. "text"u8]), ("no ending", SourceReading.Wav), ("empty.wav", []));
        var options = SourceReading.Options(_folder);

        var items = SourceReading.Read(options, archive);

        items.Select(item => item.Name).ShouldBe([$"{archive}/语音/一.wav", $"{archive}/no ending", $"{archive}/empty.wav"]);
        items.Select(item => Path.GetFileName(item.Location)).ShouldBe(["00000000.wav", "00000002", "00000003.wav"]);
        items.ShouldAllBe(item => item.Error == null && item.Modified == ArchiveFiles.Time.ToUnixTimeMilliseconds());
        File.ReadAllBytes(items[0].Location).ShouldBe(SourceReading.Wav);
        File.ReadAllBytes(items[1].Location).ShouldBe(SourceReading.Wav);
        items.ShouldAllBe(item => new FileInfo(item.Location).Length == item.Size);
        items[0].Location.ShouldStartWith(options.UnpackTo);
        options.Report.NotRecordings.ShouldBe(1);
        options.Report.Examples.ShouldBe([$"{archive}/notes.txt"]);
        SourceReading.Read(options, archive).ShouldBe(items.Select(item => item with { Written = 0 }));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_AnyName_IsRecognizedByContent(string name)
    {
        var renamed = _folder.File("data.wav");
        File.Move(Archive(name, ("a.wav", SourceReading.Wav)), renamed);
        SourceReading.Read(_folder, renamed).ShouldHaveSingleItem().Name.ShouldBe($"{renamed}/a.wav");
    }

    [Theory]
    [InlineData(TarEntryFormat.V7), InlineData(TarEntryFormat.Ustar), InlineData(TarEntryFormat.Gnu), InlineData(TarEntryFormat.Pax)]
    public void Read_AnyTarFormat_IsRead(TarEntryFormat format)
    {
        var longName = format == TarEntryFormat.V7 ? "short.wav" : $"{new string('a', 90)}/{new string('b', 90)}.wav";
        var archive = ArchiveFiles.Tar(
            _folder, "a.tar", format, ("d/", null, TarEntryType.Directory), (longName, SourceReading.Wav, TarEntryType.RegularFile),
            ("./b.wav", SourceReading.Wav, TarEntryType.RegularFile));

        SourceReading.Read(_folder, archive).Select(item => item.Name).ShouldBe([$"{archive}/{longName}", $"{archive}/b.wav"]);
    }

    [Fact]
    public void Read_ItemsOneByOne_ExtractsOneByOne()
    {
        var archive = Archive("a.zip", ("a.wav", SourceReading.Wav), ("b.wav", SourceReading.Wav));
        using var items = RecordingSource.Read([archive], SourceReading.Options(_folder)).GetEnumerator();

        items.MoveNext().ShouldBeTrue();

        File.Exists(items.Current.Location).ShouldBeTrue();
        Directory.GetFiles(Path.GetDirectoryName(items.Current.Location)!).Length.ShouldBe(1);
    }

    [Fact]
    public void Read_Again_KeepsWhatIsThereAndSkipsWhatIsDone()
    {
        var archive = Archive("a.zip", ("a.wav", SourceReading.Wav), ("b.wav", SourceReading.Wav), ("c.wav", SourceReading.Wav));
        var options = SourceReading.Options(_folder);
        var items = SourceReading.Read(options, archive);
        var marked = new byte[SourceReading.Wav.Length];
        File.WriteAllBytes(items[0].Location, marked);
        File.SetLastWriteTimeUtc(items[0].Location, ArchiveFiles.Time.UtcDateTime);
        File.Delete(items[1].Location);
        File.WriteAllBytes(items[2].Location, marked);
        File.WriteAllBytes(items[2].Location + ".part", marked);

        var again = SourceReading.Read(
            options with { IsDone = (name, size, modified) => (name, size, modified) == (items[1].Name, items[1].Size, items[1].Modified) },
            archive);

        items.ShouldAllBe(item => item.Written == SourceReading.Wav.Length);
        // The third one replaced its file, which takes no more room.
        again.ShouldBe(items.Select(item => item with { Written = 0 }));
        File.ReadAllBytes(items[0].Location).ShouldBe(marked);
        File.Exists(items[1].Location).ShouldBeFalse();
        File.ReadAllBytes(items[2].Location).ShouldBe(SourceReading.Wav);
        File.Exists(items[2].Location + ".part").ShouldBeFalse();
    }

    [Theory]
    [InlineData("a.zip"), InlineData("a.tar")]
    public void Read_UnsafeNames_AreShownSafelyAndNeverUsedAsPaths(string name)
    {
        var archive = Archive(
            name, ("../../escaped.wav", SourceReading.Wav), ("/etc/absolute.wav", SourceReading.Wav),
            ("a\\..\\win\u001B\u202E.wav", SourceReading.Wav), (new string('x', 5000) + ".wav", SourceReading.Wav));
        var options = SourceReading.Options(_folder);

        var items = SourceReading.Read(options, archive);

        items.Take(3).Select(item => item.Name[(archive.Length + 1)..]).ShouldBe(["escaped.wav", "etc/absolute.wav", "a/win__.wav"]);
        items.ShouldAllBe(item => Path.GetDirectoryName(Path.GetDirectoryName(item.Location)) == options.UnpackTo);
        items.ShouldAllBe(item => item.Name.Length <= archive.Length + 1 + EntryName.MaxLength);
        Directory.GetFiles(_folder.Path, "escaped.wav", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public void Read_HiddenEntriesLinksAndArchives_AreLeftOut()
    {
        var nested = File.ReadAllBytes(Archive("inner.zip", ("a.wav", SourceReading.Wav)));
        var archive = ArchiveFiles.Tar(
            _folder, "a.tar", TarEntryFormat.Pax,
            (".hidden.wav", SourceReading.Wav, TarEntryType.RegularFile), ("__MACOSX/._a.wav", SourceReading.Wav, TarEntryType.RegularFile),
            ("__MACOSX/b.wav", SourceReading.Wav, TarEntryType.RegularFile), (".git/c.wav", SourceReading.Wav, TarEntryType.RegularFile),
            ("link.wav", null, TarEntryType.SymbolicLink), ("hard.wav", null, TarEntryType.HardLink), ("pipe.wav", null, TarEntryType.Fifo),
            ("inner.zip", nested, TarEntryType.RegularFile), ("a.wav", SourceReading.Wav, TarEntryType.RegularFile));
        var options = SourceReading.Options(_folder);

        SourceReading.Read(options, archive).ShouldHaveSingleItem().Name.ShouldBe($"{archive}/a.wav");

        (options.Report.Links, options.Report.NotRecordings, options.Report.NestedArchives).ShouldBe((3, 1, 1));
    }

    [Fact]
    public void Read_ZipWithALink_LeavesItOut()
    {
        var archive = Archive("a.zip", ("link.wav", [.. "/etc/passwd"u8]), ("a.wav", SourceReading.Wav));
        ArchiveFiles.PatchDirectory(archive, 0, 5, [3]);
        ArchiveFiles.PatchDirectory(archive, 0, 40, [0xFF, 0xA1]);
        var options = SourceReading.Options(_folder);

        SourceReading.Read(options, archive).ShouldHaveSingleItem().Name.ShouldEndWith("a.wav");

        options.Report.Links.ShouldBe(1);
    }

    [Fact]
    public void Read_RepeatedNames_GetNumbers()
    {
        var archive = Archive(
            "a.tar", ("a.wav", SourceReading.Wav), ("a.wav (2)", SourceReading.Wav), ("./a.wav", SourceReading.Wav),
            ("/a.wav", SourceReading.Wav));

        var names = SourceReading.Read(_folder, archive).Select(item => item.Name[(archive.Length + 1)..]).ToArray();

        names.ShouldBe(["a.wav", "a.wav (2)", "a.wav (3)", "a.wav (4)"]);
        SourceReading.Read(_folder, archive).Select(item => item.Name[(archive.Length + 1)..]).ShouldBe(names);
    }

    [Fact]
    public void Read_NamesInAnotherEncoding_AreChinese()
    {
        var chinese = CodePagesEncodingProvider.Instance.GetEncoding(936)!;
        var archive = ArchiveFiles.Zip(_folder, "a.zip", chinese, ("录音.wav", SourceReading.Wav));
        SourceReading.Read(_folder, archive).ShouldHaveSingleItem().Name.ShouldBe($"{archive}/录音.wav");
    }

    [Fact]
    public void Read_TwoArchivesOfOneName_HaveTheirOwnFolders()
    {
        Directory.CreateDirectory(_folder.File("x"));
        var first = Archive("a.zip", ("a.wav", SourceReading.Wav));
        var second = Archive("x/a.zip", ("a.wav", Recordings.Wav(new short[10])));

        SourceReading.Read(_folder, first, second).Select(item => new FileInfo(item.Location).Length == item.Size).ShouldBe([true, true]);
    }

    [Fact]
    public void Read_EncryptedOrUnknownCompression_IsAnItemWithAnError()
    {
        var archive = Archive(
            "a.zip", ("a.wav", SourceReading.Wav), ("b.wav", SourceReading.Wav), ("c.wav", SourceReading.Wav),
            ("d.txt", SourceReading.Wav));
        ArchiveFiles.PatchDirectory(archive, 0, 8, [1, 0]);
        ArchiveFiles.PatchDirectory(archive, 1, 10, [14, 0]);
        ArchiveFiles.PatchDirectory(archive, 3, 8, [1, 0]);

        var items = SourceReading.Read(_folder, archive);

        items.Select(item => item.Error?.Code).ShouldBe(["source.encrypted", "source.compression", null]);
        items[0].Error!.Message.ShouldContain("a.wav");
        File.Exists(items[0].Location).ShouldBeFalse();
    }

    [Theory]
    [InlineData("a.txt"), InlineData("a.wav"), InlineData("tiny.gz")]
    public void Read_CompressedFileThatIsNoTar_IsRefused(string inner)
    {
        var path = _folder.File("x.gz");
        using (var file = ArchiveFiles.Compressed(File.Create(path), path))
            file.Write(inner == "tiny.gz" ? [1] : [.. SourceReading.Wav, .. "text"u8]);
        Should.Throw<SourceException>(() => SourceReading.Read(_folder, path)).Code.ShouldBe("source.not_tar");
    }

    [Fact]
    public void Read_EmptyArchives_HaveNoItems()
    {
        SourceReading.Read(_folder, Archive("a.zip")).ShouldBeEmpty();
        var path = _folder.File("a.tar.gz");
        using (var file = ArchiveFiles.Compressed(File.Create(path), path))
            file.Write(new byte[1024]);
        SourceReading.Read(_folder, path).ShouldBeEmpty();
    }

    [Fact]
    public void Read_FullDisk_IsAFailureOfTheOutput()
    {
        using var disk = SmallDisk.Mount(kilobytes: 1024);
        var archive = Archive("a.zip", ("a.wav", SourceReading.Wav));
        Should.Throw<OutputException>(() => SourceReading.Read(new SourceOptions { UnpackTo = disk.Path }, archive))
            .Code.ShouldBe("output.disk_full");
    }

    [Fact]
    public void Read_FolderThatCannotBeWritten_IsAFailureOfTheOutput()
    {
        var archive = Archive("a.zip", ("a.wav", SourceReading.Wav));
        var file = SourceReading.Write(_folder, "file");
        Should.Throw<OutputException>(() => SourceReading.Read(new SourceOptions { UnpackTo = file }, archive))
            .Code.ShouldBe("output.not_writable");
    }

    [Fact]
    public void Read_Cancelled_LeavesNoPart()
    {
        var archive = Archive("a.zip", ("a.wav", SourceReading.Wav));
        using var stop = new CancellationTokenSource();
        var options = SourceReading.Options(_folder) with
        {
            IsDone = (_, _, _) =>
            {
                stop.Cancel();
                return false;
            },
        };

        Should.Throw<OperationCanceledException>(() => RecordingSource.Read([archive], options, stop.Token).ToArray());

        Directory.GetFiles(options.UnpackTo, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    private string Archive(string name, params (string Name, byte[] Bytes)[] entries) => name.EndsWith(".zip", StringComparison.Ordinal)
        ? ArchiveFiles.Zip(_folder, name, entries)
        : ArchiveFiles.Tar(_folder, name, entries);
}
