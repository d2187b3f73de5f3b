using System.IO.Pipes;
using Shouldly;
using SpeechEmotion.Audio;
using SpeechEmotion.Errors;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Audio;

/// <summary>Paths that lead to something else than a regular file: links, pipes, devices and unreadable files.</summary>
public sealed class AudioFileKindTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_NamedPipe_IsReadToItsEnd()
    {
        var pipe = Encoders.Pipe(_folder.File("pipe.wav"));
        var samples = TestSignal.Samples(16000, 1, 1);
        foreach (var path in (string[])[pipe, Link("link.wav", pipe), Link("link-to-link.wav", Link("again.wav", pipe))])
        {
            var reading = Task.Run(() => Reading.File(path));
            await File.WriteAllBytesAsync(pipe, TestSignal.Wav(samples, 16000, 1), TestContext.Current.CancellationToken);
            (await reading).ShouldBe(TestSignal.Normalized(samples));
        }
    }

    [Fact]
    public async Task Open_NamedPipeWithoutAWriter_CanBeCancelled()
    {
        var pipe = Encoders.Pipe(_folder.File("pipe.wav"));
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Should.ThrowAsync<OperationCanceledException>(() => Task.Run(() => AudioFile.Open(pipe, ct: cancellation.Token)));
        // Releases the abandoned open call.
        await File.WriteAllBytesAsync(pipe, [], TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("/dev/fd"), InlineData("/proc/self/fd")]
    public async Task Open_PipeOfTheShell_IsReadToItsEnd(string folder)
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        // More than a pipe buffers, so the writer stays open until the reader has read it.
        var samples = TestSignal.Samples(16000, 1, 5);
        var reading = Task.Run(() => Reading.File($"{folder}/{pipe.ClientSafePipeHandle.DangerousGetHandle()}"));
        await pipe.WriteAsync(TestSignal.Wav(samples, 16000, 1), TestContext.Current.CancellationToken);
        pipe.Dispose();
        (await reading).ShouldBe(TestSignal.Normalized(samples));
    }

    [Theory]
    [InlineData("/dev/zero"), InlineData("/dev/null")]
    public async Task Open_Device_IsRefused(string device)
    {
        (await Failure(device)).ShouldBe("audio.not_a_file");
        (await Failure(Link("device.wav", device))).ShouldBe("audio.not_a_file");
    }

    [Fact]
    public void Open_Device_NamesTheRemedy()
    {
        var error = Should.Throw<AudioException>(() => AudioFile.Open("/dev/zero", ct: TestContext.Current.CancellationToken));
        error.Message.ShouldContain("ser recognize -");
        error.MessageZh.ShouldContain("ser recognize -");
    }

    [Theory]
    [InlineData("a.wav", "built-in"), InlineData("a.flac", "built-in"), InlineData("a.aiff", "libsndfile")]
    [InlineData("a.m4a", "ffmpeg", "-c:a", "alac")]
    public void Open_LinkToAFile_ReadsIt(string file, string decoder, params string[] options)
    {
        var original = TestSignal.WriteWav(_folder.File("original.wav"));
        Encoders.Ffmpeg(["-i", original, .. options, _folder.File(file)]);
        using var open = File.OpenRead(_folder.File(file));
        var descriptor = $"/dev/fd/{open.SafeFileHandle.DangerousGetHandle()}";
        string[] paths = [Link("1", _folder.File(file)), Link("2", _folder.File("1")), descriptor];
        foreach (var path in paths)
        {
            using var reader = AudioFile.Open(path, ct: TestContext.Current.CancellationToken);
            reader.Format.Decoder.ShouldBe(decoder);
            reader.ReadAll().ShouldBe(TestSignal.Normalized(TestSignal.Samples(16000, 1, 1)));
        }
    }

    [Fact]
    public void Open_DeletedFileThatIsStillOpen_ReadsIt()
    {
        var path = TestSignal.WriteWav(_folder.File("a.wav"));
        using var open = File.OpenRead(path);
        File.Delete(path);
        Reading.File($"/proc/self/fd/{open.SafeFileHandle.DangerousGetHandle()}").Length.ShouldBe(16000);
    }

    [Fact]
    public void Open_LinkToNothing_Throws()
    {
        File.WriteAllBytes(_folder.File("empty"), []);
        Reading.Failure(Link("1", _folder.File("empty"))).ShouldBe("audio.empty");
        Reading.Failure(Link("2", _folder.File("absent"))).ShouldBe("audio.not_found");
        Reading.Failure(Link("3", _folder.Path)).ShouldBe("audio.not_found");
        Reading.Failure(Link("4", _folder.File("4"))).ShouldBe("audio.not_readable");
    }

    [Fact]
    public void Open_FileThatFailsWhileRead_IsNotReadable()
    {
        // The kernel reports a size of one page for this file and refuses to read it.
        const string refusing = "/sys/bus/cpu/uevent";
        Assert.SkipUnless(File.Exists(refusing) && new FileInfo(refusing).Length > 0, "The kernel offers no such file.");
        Reading.Failure(refusing).ShouldBe("audio.not_readable");
    }

    private static Task<string?> Failure(string path) =>
        Task.Run(() => Reading.Failure(path)).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

    private string Link(string name, string target) => File.CreateSymbolicLink(_folder.File(name), target).FullName;
}
