using System.Diagnostics;
using Shouldly;
using SpeechEmotion.Storage;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Storage;

public sealed class PlainFileTests
{
    [Fact]
    public void Exists_File_IsTrue()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a"), "x");

        PlainFile.Exists(folder.File("a")).ShouldBeTrue();
        PlainFile.Exists(folder.File("b")).ShouldBeFalse();
        PlainFile.Exists(folder.Path).ShouldBeFalse();
    }

    [Fact]
    public void Exists_LinksAndPipe_IsFalse()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Requires Linux programs.");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a"), "x");
        File.CreateSymbolicLink(folder.File("link"), folder.File("a"));
        File.CreateSymbolicLink(folder.File("nowhere"), folder.File("b"));
        ProgramRun.Of(new ProcessStartInfo("mkfifo", [folder.File("pipe")])).ExitCode.ShouldBe(0);

        PlainFile.Exists(folder.File("link")).ShouldBeFalse();
        PlainFile.Exists(folder.File("nowhere")).ShouldBeFalse();
        PlainFile.Exists(folder.File("pipe")).ShouldBeFalse();
        PlainFile.IsLink(folder.File("link")).ShouldBeTrue();
        PlainFile.IsLink(folder.File("nowhere")).ShouldBeTrue();
        PlainFile.IsLink(folder.File("a")).ShouldBeFalse();
    }

    [Fact]
    public void IdentityOf_ReplacedFile_IsAnother()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux reports the identity.");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a"), "x");
        File.WriteAllText(folder.File("b"), "x");
        var first = PlainFile.IdentityOf(folder.File("a"));
        File.AppendAllText(folder.File("a"), "y");
        var written = PlainFile.IdentityOf(folder.File("a"));
        File.Move(folder.File("b"), folder.File("a"), overwrite: true);

        first.ShouldNotBeNull();
        written.ShouldBe(first);
        PlainFile.IdentityOf(folder.File("a")).ShouldNotBe(first);
        PlainFile.IdentityOf(folder.File("b")).ShouldBeNull();
    }
}
