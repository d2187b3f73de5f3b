using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs;
using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Outputs;

public sealed class OutputFolderTimelineTests
{
    private static readonly Recognition WithTimeline =
        SomeRecognition.With() with { Timeline = SomeTimeline.With("客户", "坐席"), Duration = SomeTimeline.Duration };

    [Fact]
    public void Commit_Timeline_WritesCsvByDefault() =>
        Files(WithTimeline, new(), _ => { }).ShouldBe(["processed_audio.wav", "result.json", "timeline.csv"]);

    [Fact]
    public void Commit_NoTimeline_WritesNoExports() =>
        Files(SomeRecognition.With(), new() { Exports = [.. TimelineFormatNames.All] }, _ => { })
            .ShouldBe(["processed_audio.wav", "result.json"]);

    [Fact]
    public void Commit_EveryExportTwice_WritesEachOnceInTheLanguage() =>
        Files(
            WithTimeline, new() { Exports = [.. TimelineFormatNames.All, .. TimelineFormatNames.All], Language = "zh" }, path =>
            {
                foreach (var format in TimelineFormatNames.All)
                {
                    File.ReadAllText(Path.Combine(path, format.FileName()))
                        .ShouldBe(SomeTimeline.Text(WithTimeline.Timeline!, format, "zh"), format.Key());
                }
            }).ShouldBe(
            [
                "processed_audio.wav", "result.json", "timeline.TextGrid", "timeline.csv", "timeline.json", "timeline.srt", "timeline.txt",
                "timeline.vtt",
            ]);

    [Fact]
    public void Commit_ExportCannotBeWritten_LeavesNothing()
    {
        using var root = new TemporaryFolder();
        using (var folder = OutputFolder.Create(root.Path, new() { Exports = [TimelineFormat.Srt] }, new FixedTime()))
        {
            var partial = Directory.GetDirectories(root.Path).ShouldHaveSingleItem();
            Directory.CreateDirectory(Path.Combine(partial, "timeline.srt"));

            Should.Throw<OutputException>(() => folder.Commit(WithTimeline)).Code.ShouldBe("output.not_writable");
        }

        Directory.GetFileSystemEntries(root.Path).ShouldBeEmpty();
    }

    [Fact]
    public void NewFile_DiskFull_ReportsIt()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "/dev/full does not exist.");
        using var root = new TemporaryFolder();

        var error = Should.Throw<OutputException>(() => NewFile.Write(root.File("timeline.srt"), _ =>
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            TimelineFile.Write(full, SomeTimeline.Many(5000), TimelineFormat.Srt, SomeTimeline.Duration, "en");
        }));

        error.Code.ShouldBe("output.disk_full");
        error.Message.ShouldContain("timeline.srt");
    }

    /// <summary>Returns the names of the folder's files after calling <paramref name="look"/> on it.</summary>
    private static string[] Files(Recognition recognition, OutputOptions options, Action<string> look)
    {
        using var root = new TemporaryFolder();
        using var folder = OutputFolder.Create(root.Path, options, new FixedTime());
        var path = folder.Commit(recognition).Folder;
        look(path);
        return [.. Directory.GetFiles(path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
    }
}
