using Shouldly;
using SpeechEmotion.Cli.Benchmarks;
using Xunit;

namespace SpeechEmotion.Tests.Cli.Benchmarks;

public sealed class BenchTableTests
{
    [Fact]
    public void Of_Report_IsOneMarkdownTable()
    {
        var text = BenchTable.Of(SomeReport.Report, null, "en");

        text.ShouldBe(
            """
            ser 0.1.0, ONNX Runtime 1.31.1, 2024-01-04 14:30 UTC
            Some CPU, 2 cores, 8.0 GB, Linux, x64
            MatMul ceiling (2048 x 2048 x 2048): fp32 100 GFLOP/s, int8 200 GOP/s

            |                                | compact fp32 |
            | ------------------------------ | -----------: |
            | load, best                     |       100 ms |
            | load, median                   |       200 ms |
            | 1 s clip, best                 |        10 ms |
            | 1 s clip, median               |        20 ms |
            | 1 s clip, real-time factor     |       0.0200 |
            | 3 s clip, best                 |            - |
            | 3 s clip, median               |            - |
            | 3 s clip, real-time factor     |            - |
            | cold start, 3 s WAV, best      |       250 ms |
            | cold start, 3 s WAV, median    |       500 ms |
            | peak memory, 3 s WAV           |       200 MB |
            | 10 s clips a second, 1 at once |         8.00 |
            | 10 s clips a second, 2 at once |            - |

            """);
    }

    [Fact]
    public void Of_EarlierReport_GivesOldByNew()
    {
        var text = BenchTable.Of(SomeReport.Faster, SomeReport.Report, "en");

        text.ShouldContain("fp32 200 GFLOP/s (old/new 0.50), int8 400 GOP/s (old/new 0.50)");
        text.ShouldMatch(@"\| compact fp32 \| old/new \|");
        text.ShouldMatch(@"1 s clip, best +\| +5 ms \| +2\.00 \|");
        text.ShouldMatch(@"3 s clip, best +\| +- \| +- \|");
        text.ShouldMatch(@"peak memory, 3 s WAV +\| +200 MB \| +1\.00 \|");
        text.ShouldMatch(@"1 at once +\| +16\.00 \| +0\.50 \|");
    }

    [Fact]
    public void Of_EarlierReportWithoutTheModel_HasNoRatio() =>
        BenchTable.Of(SomeReport.Faster, SomeReport.Report with { Rows = [] }, "en").ShouldMatch(@"1 s clip, best +\| +5 ms \| +- \|");

    [Fact]
    public void Of_KnownArithmetic_ShowsTheShare()
    {
        var row = SomeReport.Row with { Clips = [new(1, new(0.01, 0.02), 0.02, 0.876)] };

        BenchTable.Of(SomeReport.Report with { Rows = [row, SomeReport.Row] }, null, "en")
            .ShouldMatch(@"1 s clip, share of the ceiling +\| +88 % \| +- \|");
    }

    [Fact]
    public void Of_Chinese_LinesUp()
    {
        var lines = BenchTable.Of(SomeReport.Faster, SomeReport.Report, "zh").Split('\n').Where(line => line.StartsWith('|')).ToArray();

        lines.Select(line => line.Length + line.Count(character => character >= '\u1100')).Distinct().ShouldHaveSingleItem();
        lines.ShouldContain(line => line.StartsWith("| 1 秒片段，中位数", StringComparison.Ordinal));
    }
}
