using Shouldly;
using SpeechEmotion.Audio;
using SpeechEmotion.Audio.SndFile;
using SpeechEmotion.Errors;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Audio.SndFile;

public sealed class SndFileReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>
    /// libsndfile 1.2.0 closes the descriptor it received when it refuses a file; the number may by then belong to another file.
    /// </summary>
    [Fact]
    public async Task Open_RefusedFiles_LeaveOtherFilesOpen()
    {
        Assert.SkipUnless(SndFileLibrary.IsInstalled, "libsndfile is not installed.");
        var bad = new AudioInput(_folder.File("bad.au"), "bad.au", new());
        await File.WriteAllBytesAsync(bad.Path, [.. ".snd"u8, 0, 0, 0, 24, .. new byte[200]], TestContext.Current.CancellationToken);
        var other = _folder.File("other");
        await File.WriteAllTextAsync(other, "other", TestContext.Current.CancellationToken);

        var readers = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Read(other))));
        while (!readers.IsCompleted)
            Should.Throw<AudioException>(() => SndFileReader.Open(bad, container: null));

        await readers;
    }

    public void Dispose() => _folder.Dispose();

    private static void Read(string path)
    {
        var buffer = new byte[16];
        for (var i = 0; i < 2000; i++)
        {
            using var file = File.OpenHandle(path);
            for (var k = 0; k < 20; k++)
                RandomAccess.Read(file, buffer, 0).ShouldBe(5);
        }
    }
}
