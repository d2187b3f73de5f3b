using System.Diagnostics;
using Shouldly;
using SpeechEmotion.Server.Sources;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Sources;

public sealed class FolderSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        // .NET cannot delete names that are not UTF-8.
        Run("find", _folder.Path, "-mindepth", "1", "-delete");
        _folder.Dispose();
    }

    [Fact]
    public void Read_Folder_GivesTheOrderOfWholePathsAndNamesAsWritten()
    {
        string[] names = ["a.wav", "a/b/c.wav", "a/b.wav", "Z.flac", "中文/录音.mp3", "a-b/x.wav"];
        foreach (var name in names)
            SourceReading.Write(_folder, name);
        var written = Path.Join(_folder.Path, ".", "");

        var items = SourceReading.Read(_folder, written);

        items.Select(item => item.Name).ShouldBe(
            names.Select(name => $"{_folder.Path}/./{name}").Order(StringComparer.Ordinal).ToArray());
        items.Select(item => item.Location).ShouldBe(
            names.Select(name => _folder.File(name)).Order(StringComparer.Ordinal).ToArray());
        items.ShouldAllBe(item => item.Size == SourceReading.Wav.Length && item.Modified > 0);
        SourceReading.Read(_folder, written).ShouldBe(items);
    }

    [Fact]
    public void Read_OtherFiles_AreCounted()
    {
        SourceReading.Write(_folder, "no ending");
        SourceReading.Write(_folder, "a.txt", [.. "text"u8]);
        SourceReading.Write(_folder, "b/c.csv", [.. "path\nx.wav\n"u8]);
        SourceReading.Write(_folder, ".hidden.wav");
        SourceReading.Write(_folder, ".git/x.wav");
        SourceReading.Write(_folder, "damaged.wav", [.. "<html>"u8]);
        Run("mkfifo", _folder.File("pipe"));
        var options = SourceReading.Options(_folder);

        var items = SourceReading.Read(options, _folder.Path);

        items.Select(item => Path.GetFileName(item.Name)).ShouldBe(["damaged.wav", "no ending"]);
        options.Report.NotRecordings.ShouldBe(3);
        options.Report.Examples.ShouldBe([_folder.File("a.txt"), _folder.File("b/c.csv"), _folder.File("pipe")]);
    }

    [Fact]
    public void Read_OutputFolders_AreLeftOut()
    {
        SourceReading.Write(_folder, "a.wav");
        SourceReading.Write(_folder, "earlier/processed_audio.wav");
        SourceReading.Write(_folder, "earlier/result.json", [.. "{}"u8]);
        SourceReading.Write(_folder, "batch/exported.wav");
        SourceReading.Write(_folder, "unpacked/b.wav");
        var options = new SourceOptions { UnpackTo = _folder.File("unpacked"), Output = _folder.File("batch") };

        SourceReading.Read(options, _folder.Path).Select(item => item.Name).ShouldBe([_folder.File("a.wav")]);

        options.Report.NotRecordings.ShouldBe(0);
    }

    [Fact]
    public void Read_OwnOutputThroughALink_IsLeftOut()
    {
        SourceReading.Write(_folder, "data/a.wav");
        SourceReading.Write(_folder, "data/batch/exported.wav");
        Directory.CreateSymbolicLink(_folder.File("link"), _folder.File("data"));
        var options = SourceReading.Options(_folder) with { Output = _folder.File("data/batch") };

        SourceReading.Read(options, _folder.File("link")).Select(item => item.Name).ShouldBe([_folder.File("link/a.wav")]);
    }

    [Fact]
    public void Read_NameInAnotherEncoding_IsAnItemWithItsSize()
    {
        var original = SourceReading.Write(_folder, "a.wav");
        Run(
            "sh", "-c", "cd \"$1\" && mkdir \"$(printf 'd\\366')\" && cp \"$2\" \"$(printf 'd\\366/caf\\351.wav')\"",
            "sh", _folder.Path, original);

        var items = SourceReading.Read(_folder, _folder.Path);

        items.Select(item => item.Location).ShouldBe([original, _folder.File("d\uFFFD/caf\uFFFD.wav")]);
        items.ShouldAllBe(item => item.Size == SourceReading.Wav.Length);
        SourceReading.Read(_folder, _folder.File("d\uFFFD")).Length.ShouldBe(1);
        SourceReading.Read(_folder, _folder.File("d\uFFFD/caf\uFFFD.wav")).ShouldHaveSingleItem().Size.ShouldNotBeNull();
    }

    private static void Run(string program, params string[] arguments) =>
        ProgramRun.Of(new ProcessStartInfo(program, arguments)).ExitCode.ShouldBe(0);
}
