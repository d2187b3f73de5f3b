using Shouldly;
using SpeechEmotion.Storage;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Storage;

public sealed class DiskSpaceTests
{
    [Fact]
    public void FreeAt_MissingFolder_IsThatOfTheFolderAbove()
    {
        using var folder = new TemporaryFolder();

        DiskSpace.FreeAt(Path.Combine(folder.Path, "a", "b")).ShouldBeInRange(1, long.MaxValue - 1);
    }

    [Fact]
    public void FreeAt_FileSystemWithoutASize_IsUnbounded() => DiskSpace.FreeAt("/proc/outputs").ShouldBe(long.MaxValue);
}
