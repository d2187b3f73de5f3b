using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

/// <summary>Int8 models on the command line: creating, showing and using them.</summary>
public sealed class PrecisionTests(SerProgram ser) : IClassFixture<SerProgram>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Certify_SmallModel_IsShownAndUsedAccordingToTheCertificate()
    {
        Recognize("auto").ShouldBe(("fp32", "there is no int8 form of this model yet"));

        var certify = Run("models", "certify", "compact");

        certify.ExitCode.ShouldBe(0, certify.Errors);
        certify.Errors.ShouldContain("Certifying compact in int8");
        certify.Output.ShouldMatch(@"int8: 200 clips \(\d labels\): [\d.]+ % of the labels agree");
        certify.Output.ShouldMatch(@"int8: made for \w+.*, ONNX Runtime \d[\d.]+: 8-bit weights, (u8s8|u8u8) products\n");
        var certified = certify.Output.Contains("\ncertified: --precision auto uses int8", StringComparison.Ordinal);
        Run("models", "show", "compact").Output.ShouldEndWith(certify.Output);
        Run("models", "show", "compact", "--lang", "zh").Output.ShouldContain("标签一致");
        Run("models", "list").Output.ShouldMatch("compact +Shipped +fp32, int8 ");
        Run("models", "verify", "compact").ExitCode.ShouldBe(0);
        Recognize("int8").Precision.ShouldBe("int8");
        Recognize("auto").Precision.ShouldBe(certified ? "int8" : "fp32");
        Recognize("fp32").ShouldBe(("fp32", ""));

        File.WriteAllText(Directory.EnumerateFiles(Home, "weights.bin", SearchOption.AllDirectories).Single(), "damaged");
        var verify = Run("models", "verify", "compact");
        verify.ExitCode.ShouldBe(3);
        verify.Output.ShouldContain("weights.bin");
    }

    [Fact]
    public void Import_WithInt8_MakesAndCertifiesBoth()
    {
        var import = Run("models", "import", Recordings.Model("tiny-f16"), "--precision", "int8");

        import.ExitCode.ShouldBe(0, import.Errors);
        import.Output.ShouldMatch(@"int8: 200 clips \([12] labels\): ");
        import.Output.ShouldContain("\nnot certified: ");
        var run = Run("recognize", "--json", "--model", "tiny-f16", "--precision", "int8", Recordings.Speech);
        run.Lines.Single().GetProperty("model").GetProperty("precision").GetString().ShouldBe("int8");
        run.Errors.ShouldContain("int8 is not certified: ");
    }

    [Fact]
    public void Certify_FolderWithoutRecordings_IsAnError()
    {
        var run = Run("models", "certify", "compact", "--calibrate", _folder.Path);

        run.ExitCode.ShouldNotBe(0);
        run.Errors.ShouldContain("[audio.not_found]");
    }

    public void Dispose() => _folder.Dispose();

    private string Home => Directory.CreateDirectory(_folder.File("store")).FullName;

    private (string Precision, string Doubt) Recognize(string precision)
    {
        var run = Run("recognize", "--json", "--model", "compact", "--precision", precision, Recordings.Speech);
        run.ExitCode.ShouldBe(0, run.Errors);
        var doubt = run.Errors.Split('\n').FirstOrDefault(line => line.Contains("int8 is not", StringComparison.Ordinal));
        return (run.Lines.Single().GetProperty("model").GetProperty("precision").GetString()!, doubt?.Split(": ")[1].Split('.')[0] ?? "");
    }

    /// <summary>Runs the program with its own store, so that other tests do not find the certificates of this one.</summary>
    private ProgramRun Run(params string[] arguments)
    {
        var start = ser.Prepare(_folder, arguments);
        start.Environment["SER_HOME"] = Home;
        return ProgramRun.Of(start);
    }
}
