using Shouldly;
using SpeechEmotion.Cli.Benchmarks;
using Xunit;

namespace SpeechEmotion.Tests.Cli.Benchmarks;

public sealed class BenchDifferenceTests
{
    [Fact]
    public void Between_SameMachineAndVersions_IsNone() =>
        BenchDifference.Between(SomeReport.Report, SomeReport.Faster, "en").ShouldBeEmpty();

    [Fact]
    public void Between_OtherMachineVersionsRepeatsAndModel_NamesEach()
    {
        var other = SomeReport.Report with
        {
            Machine = SomeReport.Report.Machine with { Cores = 64 },
            Engine = "1.0.0\e[31m",
            Program = "0.0.9",
            Quick = true,
            Rows = [SomeReport.Row with { Hash = "another" }],
        };

        string[] warnings = [.. BenchDifference.Between(other, SomeReport.Report, "en")];

        warnings.Length.ShouldBe(5);
        warnings[0].ShouldContain("machine: Some CPU x 64");
        warnings[1].ShouldBe("⚠ The two runs differ in ONNX Runtime: 1.0.0[31m → 1.31.1");
        warnings[4].ShouldContain("compact fp32: another");
    }

    [Fact]
    public void Between_Chinese_IsInChinese() =>
        BenchDifference.Between(SomeReport.Report with { Program = "0.0.9" }, SomeReport.Report, "zh")
            .ShouldHaveSingleItem().ShouldBe("⚠ 两次测量的程序版本不同：0.0.9 → 0.1.0");
}
