using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

/// <summary>The report about the publisher's example: a tiny checkpoint under the large model's name gives a different result.</summary>
public sealed class ReferenceReportTests(SerProgram ser) : IClassFixture<SerProgram>, IDisposable
{
    private const string Name = "emotion2vec_plus_large";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Import_FolderWithTheExample_ComparesAndTheDifferenceStopsNothing()
    {
        var model = Directory.CreateDirectory(_folder.File("model"));
        foreach (var file in Directory.EnumerateFiles(Recordings.Model("tiny-f16")))
            File.Copy(file, Path.Combine(model.FullName, Path.GetFileName(file)));
        File.Copy(Recordings.Speech, Path.Combine(model.CreateSubdirectory("example").FullName, "test.wav"));

        var import = Run("models", "import", model.FullName, "--id", Name);

        import.ExitCode.ShouldBe(0, import.Errors);
        import.Output.ShouldContain("reference: answers its own example differently from FunASR");
        import.Errors.ShouldContain($"report the output of ser models show {Name}");
        Run("models", "show", Name).Output.ShouldContain("reference: answers its own example differently from FunASR");
        Run("models", "show", Name, "--lang", "zh").Output.ShouldContain("与 FunASR 不同");
        Run("models", "verify", Name).Output.ShouldNotContain("reference:");
        var verify = Run("models", "verify", Name, "--reference");
        verify.ExitCode.ShouldBe(0, verify.Errors);
        verify.Output.ShouldContain("生气/angry there");
        Run("recognize", "--json", "--model", Name, Recordings.Speech).Lines.ShouldHaveSingleItem()
            .GetProperty("model").GetProperty("matches_reference").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void Verify_NothingToCompareWith_NamesWhatIsMissing()
    {
        Run("models", "import", Recordings.Model("tiny-f16"), "--id", Name).Output.ShouldNotContain("reference:");

        var missing = Run("models", "verify", Name, "--reference");
        var unknown = Run("models", "verify", "compact", "--reference");

        missing.ExitCode.ShouldBe(3);
        missing.Errors.ShouldContain("[model.no_example]");
        missing.Errors.ShouldContain("example/test.wav");
        unknown.ExitCode.ShouldBe(3);
        unknown.Errors.ShouldContain("[model.no_reference]");
    }

    public void Dispose() => _folder.Dispose();

    private ProgramRun Run(params string[] arguments)
    {
        var start = ser.Prepare(_folder, arguments);
        start.Environment["SER_HOME"] = Directory.CreateDirectory(_folder.File("store")).FullName;
        return ProgramRun.Of(start);
    }
}
