using Shouldly;
using SpeechEmotion.Cli.Benchmarks;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli.Benchmarks;

public sealed class BenchReportFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Commit_OlderReport_IsReplacedAndNothingElseLeft()
    {
        File.WriteAllText(_folder.File("report.json"), "older");

        using (var file = BenchReportFile.Create(_folder.File("report.json")))
        {
            File.ReadAllText(_folder.File("report.json")).ShouldBe("older");
            file.Commit(SomeReport.Report);
        }

        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([_folder.File("report.json")]);
        BenchReportReader.Read(_folder.File("report.json")).Program.ShouldBe("0.1.0");
    }

    [Fact]
    public void Dispose_WithoutCommit_LeavesNothing()
    {
        BenchReportFile.Create(_folder.File("report.json")).Dispose();

        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Theory, InlineData(""), InlineData("absent/report.json")]
    public void Create_NoSuchFolder_FailsBeforeAnythingIsMeasured(string name) =>
        Should.Throw<BenchReportException>(() => BenchReportFile.Create(_folder.File(name))).Code.ShouldBe("bench.report_not_writable");

    public void Dispose() => _folder.Dispose();
}
