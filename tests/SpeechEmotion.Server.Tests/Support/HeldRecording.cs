using System.Diagnostics;
using Shouldly;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>A recording that is a named pipe: its reader waits until the test releases it.</summary>
internal sealed class HeldRecording : IDisposable
{
    private FileStream? _writer;

    private HeldRecording(string path) => Path = path;

    public string Path { get; }

    /// <summary>Creates the pipe.</summary>
    public static HeldRecording Create(string path)
    {
        ProgramRun.Of(new ProcessStartInfo("mkfifo", [path])).ExitCode.ShouldBe(0, path);
        return new(path);
    }

    /// <summary>Finds a pipe that was created before.</summary>
    public static HeldRecording At(string path) => new(path);

    /// <summary>Waits until a program reads the recording.</summary>
    public async Task BegunAsync() =>
        // The call returns when there is a reader.
        _writer = await Task.Run(() => new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0))
            .WaitAsync(Until.Longest);

    /// <summary>Gives the reader a recording, which is an ordinary file from then on.</summary>
    public void Release(byte[] recording)
    {
        File.Delete(Path);
        File.WriteAllBytes(Path, recording);
        _writer!.Write(recording);
        _writer.Dispose();
    }

    /// <summary>Forgets the reader.</summary>
    public void Dispose() => _writer?.Dispose();
}
