using System.IO.Pipes;
using Shouldly;
using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Files;
using SpeechEmotion.Errors;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Audio.Files;

public sealed class TemporaryRecordingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Copy_Stream_IsInAFileUntilDisposed()
    {
        using (var recording = Copy(new MemoryStream([1, 2, 3])))
            File.ReadAllBytes(recording.Path).ShouldBe([1, 2, 3]);
        Files().ShouldBeEmpty();
    }

    [Fact]
    public async Task Copy_CancelledWhileNoDataArrives_EndsAndLeavesNoFile()
    {
        using var writer = new AnonymousPipeServerStream(PipeDirection.Out);
        await using var blocked = new AnonymousPipeClientStream(PipeDirection.In, writer.ClientSafePipeHandle);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var copying = Task.Run(() => Copy(blocked, ct: cancellation.Token));
        await Should.ThrowAsync<OperationCanceledException>(
            copying.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        Files().ShouldBeEmpty();
    }

    [Fact]
    public void Copy_AbandonedFiles_AreRemoved()
    {
        var now = DateTime.UtcNow;
        Write("speech-emotion-old.tmp", now.AddHours(-25));
        Write("speech-emotion-new.tmp", now.AddHours(-23));
        Write("speech-emotion-old.wav", now.AddYears(-1));
        Write("other-old.tmp", now.AddYears(-1));
        Copy(new MemoryStream([1])).Dispose();
        Files().ShouldBe(["other-old.tmp", "speech-emotion-new.tmp", "speech-emotion-old.wav"]);
    }

    [Fact]
    public void Copy_NoFolder_NamesTheFolder()
    {
        var error = Should.Throw<AudioException>(() => Copy(new MemoryStream([1]), _folder.File("absent")));
        error.Code.ShouldBe("audio.not_kept");
        error.Message.ShouldContain(_folder.File("absent"));
        error.MessageZh.ShouldContain(_folder.File("absent"));
    }

    [Fact]
    public void Copy_StreamThatFails_IsNotReadable()
    {
        // No process maps its first page, so reading it fails with an I/O error.
        using var failing = File.OpenRead("/proc/self/mem");
        Should.Throw<AudioException>(() => Copy(failing)).Code.ShouldBe("audio.not_readable");
        Files().ShouldBeEmpty();
    }

    private TemporaryRecording Copy(Stream stream, string? folder = null, CancellationToken? ct = null) =>
        TemporaryRecording.Copy(stream, "upload", AudioLimits.Default, folder ?? _folder.Path, ct ?? TestContext.Current.CancellationToken);

    private void Write(string name, DateTime written)
    {
        File.WriteAllBytes(_folder.File(name), [1]);
        File.SetLastWriteTimeUtc(_folder.File(name), written);
    }

    private string?[] Files() => [.. Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal)];
}
