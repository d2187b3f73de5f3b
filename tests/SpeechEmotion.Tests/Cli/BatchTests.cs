using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

/// <summary><c>ser batch</c> hands its arguments to the server program, whose own tests cover the rest.</summary>
public sealed class BatchTests(SerProgram ser) : IClassFixture<SerProgram>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Batch_FolderWithOptions_RecognizesWithThem()
    {
        _folder.Lay("calls/a.wav");
        _folder.Lay("calls/b c.wav");

        var run = ser.Run(
            _folder, "batch", "calls", "--output", "results", "--model", "compact", "--segments", "always", "--embedding", "--json");

        run.ExitCode.ShouldBe(0);
        run.Lines[^1].GetProperty("succeeded").GetInt32().ShouldBe(2);
        var rows = File.ReadAllLines(_folder.File("results/results.csv"));
        rows.Length.ShouldBe(3);
        rows[1].ShouldStartWith("0,calls/a.wav,");
        File.Exists(_folder.File("results/segments.csv")).ShouldBeTrue();
        File.Exists(_folder.File("results/embeddings.npy")).ShouldBeTrue();
    }

    [Fact]
    public void Batch_ListOnStandardInput_RecognizesItsFiles()
    {
        _folder.Lay("a.wav");

        var run = ProgramRun.Of(ser.Prepare(_folder, "batch", "-", "--output", "results"), "a.wav\n"u8.ToArray());

        run.ExitCode.ShouldBe(0);
        run.Errors.ShouldContain("Model: compact");
        run.Errors.ShouldContain("report.html");
    }

    [Fact]
    public void Batch_Chinese_SpeaksChinese()
    {
        _folder.Lay("a.wav");

        var run = ser.Run(_folder, "batch", "a.wav", "--output", "results", "--lang", "zh");

        run.Errors.ShouldContain("完成：1 段录音");
        File.ReadAllText(_folder.File("results/report.html")).ShouldContain("<html lang=\"zh");
    }

    [Theory]
    [InlineData("batch", "calls")]
    [InlineData("batch", "--output", "results")]
    [InlineData("batch", "calls", "--output", "")]
    [InlineData("batch", "calls", "--output", "results", "--limit", "0")]
    [InlineData("batch", "calls", "--output", "results", "--granularity", "frame", "--channels", "split")]
    public void Batch_WrongUsage_IsRefused(params string[] arguments)
    {
        ser.Run(_folder, arguments).ExitCode.ShouldBe(2);

        Directory.Exists(_folder.File("results")).ShouldBeFalse();
    }

    [Fact]
    public void Batch_Help_NamesTheOptions() => ser.Run(_folder, "batch", "--help").Output.ShouldContain("--retry-failed");

    public void Dispose() => _folder.Dispose();
}
