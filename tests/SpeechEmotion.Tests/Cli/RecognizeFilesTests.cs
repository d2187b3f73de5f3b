using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

/// <summary>The files that a command line selects.</summary>
public sealed class RecognizeFilesTests(SerProgram ser) : IClassFixture<SerProgram>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Recognize_Folder_TakesItsRecordingsAndNothingElse()
    {
        _folder.Lay("in/b.wav");
        _folder.Lay("in/a.WAV");
        _folder.Lay("in/deep/er/c.wav");
        _folder.Lay("in/.hidden.wav");
        // A folder with the name of a recording.
        _folder.Lay("in/d.wav/e.wav");
        File.WriteAllText(_folder.File("in/notes.txt"), "notes");
        Directory.CreateSymbolicLink(_folder.File("in/deep/round"), _folder.File("in"));
        File.CreateSymbolicLink(_folder.File("in/link.wav"), Recordings.Speech);

        var run = ser.Run(_folder, "recognize", "--json", "in");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Errors.ShouldContain("in: skipped 1 file without a recording (notes.txt).");
        Files(run).ShouldBe(["in/a.WAV", "in/b.wav", "in/d.wav/e.wav", "in/deep/er/c.wav", "in/link.wav"]);
    }

    [Fact]
    public void Recognize_FolderWithEarlierOutputs_DoesNotTakeThem()
    {
        _folder.Lay("a.wav");
        ser.Run(_folder, "recognize", "--output", "out", ".").ExitCode.ShouldBe(0);
        // A user's recording with the name of an output file is not an output file.
        _folder.Lay("processed_audio.wav");

        var run = ser.Run(_folder, "recognize", "--json", ".");

        Files(run).ShouldBe(["./a.wav", "./processed_audio.wav"]);
    }

    [Fact]
    public void Recognize_FolderNamedLikeAFile_IsAFolder()
    {
        _folder.Lay("x.wav/y.wav");

        Files(ser.Run(_folder, "recognize", "--json", "x.wav")).ShouldBe(["x.wav/y.wav"]);
    }

    [Fact]
    public void Recognize_EmptyFolder_ReportsIt()
    {
        var run = ser.Run(_folder, "recognize", "--json", ".");

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldBeEmpty();
        run.Errors.ShouldContain("no recordings in the folder");
    }

    [Fact]
    public void Recognize_UnusualNames_AreRead()
    {
        string[] names =
            ["with spaces.wav", "录音 😊.wav", "quo'te\"d.wav", "@list.wav", "back\\slash.wav", "new\nline.wav", "-x.wav", "--json"];
        foreach (var name in names)
            _folder.Lay(name);

        var run = ser.Run(_folder, ["recognize", "--json", "--", .. names]);

        run.ExitCode.ShouldBe(0, run.Errors);
        Files(run).ShouldBe(names);
    }

    [Fact]
    public void Recognize_NameThatIsNotUtf8_IsRead()
    {
        _folder.Lay("in/b.wav");
        Audio.Encoders.Copy(Recordings.Speech, _folder.File("in"), "caf\\351.wav");

        var run = ser.Run(_folder, "recognize", "--json", "in");

        run.ExitCode.ShouldBe(0, run.Errors);
        Files(run).ShouldBe(["in/b.wav", "in/caf\uFFFD.wav"]);
        Audio.Encoders.Empty(_folder.File("in"));
    }

    [Theory]
    [InlineData("/dev/stdin"), InlineData("/proc/self/fd/0"), InlineData("-")]
    public void Recognize_StandardInputByAnyName_IsRead(string name)
    {
        var run = ProgramRun.Of(ser.Prepare(_folder, "recognize", "--json", name), File.ReadAllBytes(Recordings.Speech));

        run.ExitCode.ShouldBe(0, run.Errors);
        Files(run).ShouldBe([name]);
    }

    [Theory]
    [InlineData("recognize", "-"), InlineData("live")]
    public void Run_StandardInputIsClosed_IsAnErrorAtOnce(params string[] arguments)
    {
        var start = ser.Prepare(_folder, arguments);
        start.FileName = "/bin/sh";
        foreach (var argument in (string[])[SerProgram.Executable, "exec \"$0\" \"$@\" <&-", "-c"])
            start.ArgumentList.Insert(0, argument);

        var run = ProgramRun.Of(start);

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("[audio.no_input]");
    }

    [Fact]
    public void Recognize_NameWithAtSign_IsNoListOfArguments()
    {
        _folder.Lay("@x.wav");

        Files(ser.Run(_folder, "recognize", "--json", "@x.wav")).ShouldBe(["@x.wav"]);
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string?> Files(ProgramRun run) => run.Lines.Select(line => line.GetProperty("file").GetString());
}
