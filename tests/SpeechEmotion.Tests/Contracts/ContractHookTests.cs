using System.Diagnostics;
using Shouldly;
using SpeechEmotion.Tests.Support;
using SpeechEmotion.Tests.Verification;
using Xunit;

namespace SpeechEmotion.Tests.Contracts;

/// <summary>The test helpers validate each result that passes through them.</summary>
public sealed class ContractHookTests
{
    private const string Folder = "outputs_20240104_223000";

    [Theory]
    [InlineData("recognize", "{\"file\": \"a.wav\", \"mood\": \"good\"}")]
    [InlineData("live", "{\"type\": \"mood\"}")]
    [InlineData("verify", "Verified.")]
    public void Run_CommandPrintsAnotherLine_Fails(string command, string line) =>
        Should.Throw<ContractException>(() => ProgramRun.Of(Echo(line, command, "--json"))).Message.ShouldContain(command);

    [Fact]
    public void Run_TextForPeople_IsNotChecked() => ProgramRun.Of(Echo("neutral", "recognize", "a.wav")).Output.ShouldBe("neutral\n");

    [Fact]
    public void Dispose_ResultWithAnotherField_Fails()
    {
        var folder = Copied(text => text.Replace("\"quality\"", "\"mood\"", StringComparison.Ordinal));

        Should.Throw<ContractException>(folder.Dispose).Message.ShouldContain("mood");
        Directory.Exists(folder.Path).ShouldBeFalse();
    }

    [Fact]
    public void Dispose_ResultAsWritten_Passes()
    {
        using var folder = Copied(text => text);

        WrittenFiles.Check(folder.Path).ShouldBe(1);
    }

    [Fact]
    public void Change_ResultThatIsWrongBefore_Fails()
    {
        var folder = Copied(text => text.Replace("\"quality\"", "\"mood\"", StringComparison.Ordinal));

        Should.Throw<ContractException>(() => WrittenFiles.Change(folder.File($"{Folder}/result.json"), text => text));

        Directory.Delete(folder.File(Folder), recursive: true);
        folder.Dispose();
    }

    private static ProcessStartInfo Echo(string line, params string[] arguments) =>
        new("/bin/sh", ["-c", "echo \"$0\"", line, .. arguments]);

    /// <summary>An output folder whose result was changed without <see cref="WrittenFiles.Change"/>.</summary>
    private static TemporaryFolder Copied(Func<string, string> change)
    {
        using var written = new WrittenResult(WrittenResult.Speech);
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File(Folder));
        File.Copy(written.AudioPath, folder.File($"{Folder}/processed_audio.wav"));
        File.WriteAllText(folder.File($"{Folder}/result.json"), change(File.ReadAllText(written.ResultPath)));
        return folder;
    }
}
