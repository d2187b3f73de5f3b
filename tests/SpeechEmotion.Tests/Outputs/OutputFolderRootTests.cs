using System.Runtime.Versioning;
using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Outputs;

public sealed class OutputFolderRootTests
{
    [Fact]
    public void Create_RootIsFile_ThrowsNotWritable()
    {
        using var temporary = new TemporaryFolder();
        var root = temporary.File("outputs");
        File.WriteAllText(root, "mine");

        var error = Should.Throw<OutputException>(() => OutputFolder.Create(root));

        error.Code.ShouldBe("output.not_writable");
        error.Message.ShouldContain(root);
        error.MessageZh.ShouldContain(root);
        File.ReadAllText(root).ShouldBe("mine");
    }

    [Fact]
    public void Create_RootNotPermitted_ThrowsNotWritable()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is a Linux folder that no user can write to.");

        Should.Throw<OutputException>(() => OutputFolder.Create("/proc/outputs")).Code.ShouldBe("output.not_writable");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Create_RootReadOnly_ThrowsNotWritable()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Permissions do not apply to this user.");
        using var root = new TemporaryFolder();
        File.SetUnixFileMode(root.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Should.Throw<OutputException>(() => OutputFolder.Create(root.Path)).Code.ShouldBe("output.not_writable");
        }
        finally
        {
            File.SetUnixFileMode(root.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void RemoveAbandoned_MixedFolders_RemovesOnlyThose()
    {
        using var root = new TemporaryFolder();
        var old = DateTime.UtcNow.AddDays(-2);
        var abandoned = MakeFolder(".outputs_20240104_223000.partial-0011223344556677", old, old);
        var stillWritten = MakeFolder(".outputs_20240104_223000.partial-8899aabbccddeeff", old, DateTime.UtcNow);
        var earlier = MakeFolder("outputs_20240104_223000", old, old);
        var foreign = MakeFolder(".git", old, old);

        OutputFolder.RemoveAbandoned(root.Path);

        Directory.Exists(abandoned).ShouldBeFalse();
        Directory.GetDirectories(root.Path).Order().ShouldBe(new[] { stillWritten, earlier, foreign }.Order());

        string MakeFolder(string name, DateTime folderTime, DateTime fileTime)
        {
            var path = Directory.CreateDirectory(root.File(name)).FullName;
            File.WriteAllText(Path.Combine(path, "file"), "");
            File.SetLastWriteTimeUtc(Path.Combine(path, "file"), fileTime);
            Directory.SetLastWriteTimeUtc(path, folderTime);
            return path;
        }
    }

    [Fact]
    public void RemoveUnfinished_OneOwner_LeavesThoseOfOthers()
    {
        using var root = new TemporaryFolder();
        OutputFolder.Create(root.Path, new() { Owner = "server" });
        var others = new[] { OutputFolder.Create(root.Path), OutputFolder.Create(root.Path, new() { Owner = "worker" }) };
        Directory.CreateDirectory(root.File(".outputs_mine.partial-server"));
        Directory.CreateDirectory(root.File("target"));
        if (!OperatingSystem.IsWindows())
            Directory.CreateSymbolicLink(root.File(".outputs_20240104_223000.partial-server-0011223344556677"), root.File("target"));
        var before = Directory.GetFileSystemEntries(root.Path).Length;

        OutputFolder.RemoveUnfinished(root.Path, "server");

        Directory.GetFileSystemEntries(root.Path).Length.ShouldBe(before - 1);
        Directory.Exists(root.File("target")).ShouldBeTrue();
        foreach (var other in others)
        {
            Should.NotThrow(() => other.Waveform(new float[1600]));
            other.Dispose();
        }
    }

    [Fact]
    public void RemoveAbandoned_NoRoot_DoesNothing()
    {
        using var temporary = new TemporaryFolder();

        OutputFolder.RemoveAbandoned(temporary.File("outputs"));

        Directory.Exists(temporary.File("outputs")).ShouldBeFalse();
    }

    [Fact]
    public void Create_MoreExpectedThanIsFree_ThrowsDiskFullAndWritesNothing()
    {
        using var temporary = new TemporaryFolder();
        var root = temporary.File("outputs");

        var error = Should.Throw<OutputException>(() => OutputFolder.Create(root, new() { ExpectedBytes = long.MaxValue / 2 }));

        error.Code.ShouldBe("output.disk_full");
        error.Message.ShouldContain(root);
        Directory.Exists(root).ShouldBeFalse();
    }

    [Fact]
    public void Of_DiskFull_ReportsIt()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Requires /dev/full, a Linux device that is always full.");
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var failure = Should.Throw<IOException>(() => full.Write([1]));

        OutputErrors.Of(failure, "/outputs/embedding.npy").Code.ShouldBe("output.disk_full");
    }
}
