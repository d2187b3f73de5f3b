using System.Text.Json;
using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

public sealed class BenchTests(SerProgram ser) : IClassFixture<SerProgram>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Bench_QuickJson_HasEveryFigureAndCanBeComparedWith()
    {
        var first = ser.Run(_folder, "bench", "--quick", "--model", "compact", "--json", "-");

        first.ExitCode.ShouldBe(0, first.Errors);
        var report = JsonElement.Parse(first.Output);
        report.GetProperty("program").GetString()!.ShouldNotBeEmpty();
        report.GetProperty("engine").GetString()!.ShouldNotBeEmpty();
        report.GetProperty("machine").GetProperty("cores").GetInt32().ShouldBe(Environment.ProcessorCount);
        Positive(report.GetProperty("ceilings"), "fp32_gflops", "int8_gops");
        var row = report.GetProperty("rows").EnumerateArray().ShouldHaveSingleItem();
        row.GetProperty("model").GetString().ShouldBe("compact");
        row.GetProperty("precision").GetString().ShouldBe("fp32");
        row.GetProperty("clips").EnumerateArray().Select(clip => clip.GetProperty("seconds").GetInt32()).ShouldBe([1, 3, 10]);
        foreach (var clip in row.GetProperty("clips").EnumerateArray())
        {
            Times(clip.GetProperty("latency"));
            Positive(clip, "real_time_factor");
            clip.GetProperty("ceiling_share").ValueKind.ShouldBe(JsonValueKind.Null);
        }
        Times(row.GetProperty("load"));
        Times(row.GetProperty("cold_start"));
        row.GetProperty("peak_memory_bytes").GetInt64().ShouldBeGreaterThan(20 << 20);
        var throughput = row.GetProperty("throughput").EnumerateArray().ToArray();
        throughput[^1].GetProperty("parallel").GetInt32().ShouldBe(2 * Environment.ProcessorCount);
        foreach (var level in throughput)
            Positive(level, "per_second");

        File.WriteAllText(_folder.File("first.json"), first.Output);
        var second = ser.Run(_folder, "bench", "--quick", "--model", "compact", "--compare", "first.json", "--json", "second.json");

        second.ExitCode.ShouldBe(0, second.Errors);
        second.Errors.ShouldNotContain("⚠");
        second.Output.ShouldMatch(@"\| compact fp32 \| old/new \|");
        second.Output.ShouldMatch(@"3 s clip, median +\| +[\d.]+ m?s \| +\d+\.\d\d \|");
        JsonElement.Parse(File.ReadAllText(_folder.File("second.json"))).GetProperty("kind").GetString().ShouldBe("speech_emotion_bench");
        Directory.GetFiles(_folder.Path).Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("en", "is not a report of ser bench"), InlineData("zh", "不是 ser bench 的报告")]
    public void Bench_CompareForeignFile_Ends1BeforeAnythingIsMeasured(string language, string text)
    {
        File.WriteAllText(_folder.File("foreign.json"), "{}");

        var run = ser.Run(_folder, "bench", "--quick", "--compare", "foreign.json", "--lang", language);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldBeEmpty();
        run.Errors.ShouldContain(text);
        run.Errors.ShouldEndWith("[bench.report_damaged]\n");
    }

    [Theory]
    [InlineData("[model.not_found]", "--model", "absent")]
    [InlineData("[model.not_found]", "--model-dir", "absent")]
    [InlineData("[model.precision_not_found]", "--model", "compact", "--precision", "int8")]
    public void Bench_NoSuchModel_Ends3(string code, params string[] arguments)
    {
        var run = ser.Run(_folder, ["bench", .. arguments]);

        run.ExitCode.ShouldBe(3);
        run.Output.ShouldBeEmpty();
        run.Errors.ShouldContain(code);
    }

    [Theory]
    [InlineData("--precision", "fp16")]
    [InlineData("--model", "")]
    [InlineData("--json")]
    [InlineData("--json", "-", "--compare", "a.json")]
    public void Bench_WrongUsage_Ends2(params string[] arguments) => ser.Run(_folder, ["bench", .. arguments]).ExitCode.ShouldBe(2);

    public void Dispose() => _folder.Dispose();

    private static void Times(JsonElement times)
    {
        Positive(times, "best", "median");
        times.GetProperty("median").GetDouble().ShouldBeGreaterThanOrEqualTo(times.GetProperty("best").GetDouble());
    }

    private static void Positive(JsonElement parent, params string[] names)
    {
        foreach (var name in names)
            parent.GetProperty(name).GetDouble().ShouldBeGreaterThan(0, name);
    }
}
