using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

public sealed class ModelsTests(SerProgram ser) : IClassFixture<SerProgram>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Models_ImportListShowVerifyRemove_RoundTrip()
    {
        var import = Run("models", "import", Recordings.Model("tiny-f16"));
        import.ExitCode.ShouldBe(0, import.Errors);
        import.Errors.ShouldContain("Importing tiny-f16");
        var folder = import.Output.TrimEnd().Split("  ")[^1];
        Directory.GetFiles(folder).Select(Path.GetFileName).Order().ShouldBe(["model.json", "model.onnx", "weights.bin"]);

        Run("models", "list").Output.ShouldMatch(@"(?s)tiny-f16 +Store +fp32.*compact +Shipped +fp32 +\w{16} +20\.5 MB +CC-BY-NC-SA-4\.0");
        Run("models", "show", "tiny-f16").Output.ShouldContain("made from: " + Path.Combine(Recordings.Model("tiny-f16"), "model.pt"));
        var verify = Run("models", "verify", "tiny-f16");
        verify.ExitCode.ShouldBe(0, verify.Output);
        var recognize = Run("recognize", "--json", "--model", "tiny-f16", Recordings.Speech);
        recognize.Lines.ShouldHaveSingleItem().GetProperty("model").GetProperty("id").GetString().ShouldBe("tiny-f16");
        recognize.Errors.ShouldNotContain("small model");

        Run("models", "remove", "tiny-f16").ExitCode.ShouldBe(0);
        Run("models", "list").Output.ShouldNotContain("tiny-f16");
        Run("models", "remove", "tiny-f16").ExitCode.ShouldBe(3);
    }

    [Fact]
    public void Verify_DamagedFile_Ends3AndNamesIt()
    {
        var folder = Run("models", "import", Recordings.Model("tiny-f16"), "--id", "mine").Output.TrimEnd().Split("  ")[^1];
        using (var weights = File.OpenWrite(Path.Combine(folder, "weights.bin")))
            weights.WriteByte(0x55);

        var verify = Run("models", "verify", "mine");

        verify.ExitCode.ShouldBe(3);
        verify.Output.ShouldContain("mine: weights.bin");
    }

    [Fact]
    public void Recognize_DamagedManifest_Ends3()
    {
        var folder = Run("models", "import", Recordings.Model("tiny-f16"), "--id", "mine").Output.TrimEnd().Split("  ")[^1];
        File.WriteAllText(Path.Combine(folder, "model.json"), "{");

        var run = Run("recognize", "--json", "--model", "mine", Recordings.Speech);

        run.ExitCode.ShouldBe(3);
        run.Output.ShouldBeEmpty();
        run.Errors.ShouldContain("[model.damaged]");
        Run("models", "remove", "mine").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Recognize_LargeModelIsThere_IsTheDefault()
    {
        Run("models", "import", Recordings.Model("tiny-f16"), "--id", "emotion2vec_plus_large").ExitCode.ShouldBe(0);

        var run = Run("recognize", "--json", Recordings.Speech);

        run.Lines.ShouldHaveSingleItem().GetProperty("model").GetProperty("id").GetString().ShouldBe("emotion2vec_plus_large");
        run.Errors.ShouldContain("Model: emotion2vec_plus_large");
        run.Errors.ShouldNotContain("commercial");
        Run("recognize", "--json", "--model", "compact", Recordings.Speech).Errors.ShouldContain("not for commercial use");
    }

    [Theory]
    [InlineData("recognize", "--model", "absent", "a.wav")]
    [InlineData("recognize", "--model-dir", "absent", "a.wav")]
    [InlineData("models", "show", "absent")]
    [InlineData("models", "verify", "absent")]
    [InlineData("models", "remove", "compact")]
    public void Run_NoSuchModel_Ends3(params string[] arguments)
    {
        var run = Run(arguments);

        run.ExitCode.ShouldBe(3, run.Errors);
        run.Output.ShouldBeEmpty();
        run.Errors.ShouldContain("[model.not_found]");
    }

    [Fact]
    public void Import_NoSuchFolder_Ends3() => Run("models", "import", "absent").ExitCode.ShouldBe(3);

    [Fact]
    public void Import_StoreCannotBeWritten_Ends3AndNamesTheStore()
    {
        var start = ser.Prepare(_folder, "models", "import", Recordings.Model("tiny-f16"));
        start.Environment["SER_HOME"] = "/proc/store";

        var run = ProgramRun.Of(start);

        run.ExitCode.ShouldBe(3);
        run.Errors.ShouldContain("[model.store_not_writable]");
        run.Errors.ShouldContain("/proc/store");
    }

    [Fact]
    public void Recognize_ModelWithoutEmotions_Ends3()
    {
        var run = Run("recognize", "--json", "--model-dir", Recordings.Model("tiny-base"), Recordings.Speech);

        run.ExitCode.ShouldBe(3);
        run.Lines.ShouldHaveSingleItem().GetProperty("error").GetProperty("code").GetString().ShouldBe("model.features_only");
    }

    public void Dispose() => _folder.Dispose();

    private ProgramRun Run(params string[] arguments)
    {
        var start = ser.Prepare(_folder, arguments);
        start.Environment["SER_HOME"] = _folder.File("store");
        return ProgramRun.Of(start);
    }
}
