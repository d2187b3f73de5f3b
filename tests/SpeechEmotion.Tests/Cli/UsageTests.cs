using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

public sealed class UsageTests(SerProgram ser) : IClassFixture<SerProgram>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData]
    [InlineData("hum")]
    [InlineData("recognize")]
    [InlineData("recognize", "--nope", "a.wav")]
    [InlineData("recognize", "a.wav", "-n")]
    [InlineData("recognize", "a.wav", "--granularity", "word")]
    [InlineData("recognize", "a.wav", "--precision", "fp16")]
    [InlineData("live", "--precision", "2")]
    [InlineData("models", "certify")]
    [InlineData("recognize", "a.wav", "--granularity", "1")]
    [InlineData("recognize", "a.wav", "--lang", "fr")]
    [InlineData("recognize", "a.wav", "--output", "")]
    [InlineData("recognize", "a.wav", "--output")]
    [InlineData("recognize", "a.wav", "--max-hours", "0")]
    [InlineData("recognize", "a.wav", "--max-hours", "-1")]
    [InlineData("recognize", "a.wav", "--max-hours", "nan")]
    [InlineData("recognize", "a.wav", "--max-hours", "long")]
    [InlineData("models")]
    [InlineData("models", "import")]
    [InlineData("models", "import", "")]
    [InlineData("models", "remove", "--force", "compact")]
    [InlineData("info")]
    [InlineData("version", "now")]
    public void Run_WrongUsage_Ends2AndPointsToHelp(params string[] arguments)
    {
        var run = ser.Run(_folder, arguments);

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Errors.ShouldEndWith("ser --help\n");
        run.Errors.Length.ShouldBeGreaterThan("ser --help\n".Length);
    }

    [Theory]
    [InlineData("recognize", "a.wav", "--max-hours", "0,5")]
    [InlineData("live", "--hop", "0,5")]
    [InlineData("live", "--rate", "16000,5")]
    [InlineData("live", "--rate", "x")]
    [InlineData("serve", "--max-hours", "0,5")]
    [InlineData("serve", "--port", "x")]
    public void Run_NoNumber_IsRefusedInWords(params string[] arguments)
    {
        var run = ser.Run(_folder, arguments);

        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldContain($"{arguments[^2]} takes a ");
        run.Errors.ShouldContain($"{arguments[^2]} 应为 ");
        run.Errors.ShouldNotContain("System.");
        if (arguments[^1] == "0,5")
            run.Errors.ShouldContain("Write a decimal point: 0.5.");
    }

    [Fact]
    public void Help_NamesEveryCommand()
    {
        var run = ser.Run(_folder, "--help");

        run.ExitCode.ShouldBe(0);
        foreach (var command in (string[])["recognize", "models", "info", "bench", "version"])
            run.Output.ShouldContain($"  {command}");
    }

    [Fact]
    public void Version_NamesProgramAndEngine()
    {
        var run = ser.Run(_folder, "version");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldMatch(@"^ser \d+\.\d+\.\d+\nONNX Runtime \d+\.\d+\.\d+\n\.NET 10\.");
        run.Errors.ShouldBeEmpty();
    }

    public void Dispose() => _folder.Dispose();
}
