using Shouldly;
using SpeechEmotion.Cli.Benchmarks;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli.Benchmarks;

public sealed class BenchReportReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Read_WrittenReport_IsTheSame()
    {
        var report = BenchReportReader.Read(Written());

        report.Machine.ShouldBe(SomeReport.Report.Machine);
        report.Ceilings.ShouldBe(SomeReport.Report.Ceilings);
        report.Date.ShouldBe(SomeReport.Report.Date);
        var row = report.Rows.ShouldHaveSingleItem();
        row.IsAbout(SomeReport.Row).ShouldBeTrue();
        row.Clips.ShouldBe(SomeReport.Row.Clips);
        row.Throughput.ShouldBe(SomeReport.Row.Throughput);
        row.ColdStart.ShouldBe(SomeReport.Row.ColdStart);
    }

    [Fact]
    public void Write_WhatWasNotMeasured_IsNull() => File.ReadAllText(Written()).ShouldContain("\"ceiling_share\": null");

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("not JSON")]
    [InlineData("""{"kind": "speech_emotion_bench"}""")]
    public void Read_AnythingElse_IsRefused(string text)
    {
        File.WriteAllText(_folder.File("foreign.json"), text);

        Should.Throw<BenchReportException>(() => BenchReportReader.Read(_folder.File("foreign.json"))).Code
            .ShouldBe("bench.report_damaged");
    }

    [Theory]
    [InlineData("speech_emotion_bench", "other_bench")]
    [InlineData("\"rows\": [", "\"rows\": [null, ")]
    [InlineData("\"clips\": [", "\"clips\": [null, ")]
    [InlineData("\"throughput\": [", "\"throughput\": [null, ")]
    [InlineData("\"best\": 0.25", "\"best\": 0")]
    [InlineData("\"best\": 0.25", "\"best\": -1")]
    [InlineData("\"best\": 0.25", "\"best\": 1e999")]
    [InlineData("\"fp32_gflops\": 100", "\"fp32_gflops\": 0")]
    [InlineData("\"engine\": \"1.31.1\"", "\"engine\": null")]
    [InlineData("\"engine\": \"1.31.1\",", "")]
    public void Read_DamagedReport_IsRefused(string before, string after)
    {
        var text = File.ReadAllText(Written());
        text.ShouldContain(before);
        File.WriteAllText(_folder.File("damaged.json"), text.Replace(before, after, StringComparison.Ordinal));

        Should.Throw<BenchReportException>(() => BenchReportReader.Read(_folder.File("damaged.json"))).Code
            .ShouldBe("bench.report_damaged");
    }

    [Fact]
    public void Read_EndlessFile_IsRefused() =>
        Should.Throw<BenchReportException>(() => BenchReportReader.Read("/dev/zero")).Code.ShouldBe("bench.report_damaged");

    [Fact]
    public void Read_NoFile_ReportsIt() =>
        Should.Throw<BenchReportException>(() => BenchReportReader.Read(_folder.File("absent.json"))).Code
            .ShouldBe("bench.report_not_found");

    public void Dispose() => _folder.Dispose();

    private string Written()
    {
        using var file = BenchReportFile.Create(_folder.File("report.json"));
        file.Commit(SomeReport.Report);
        return _folder.File("report.json");
    }
}
