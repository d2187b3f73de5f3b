using System.Buffers;

namespace SpeechEmotion.Audio;

/// <summary>A recording from a stream, kept in a file that only its owner may read and that is gone on disposal.</summary>
internal sealed class TemporaryRecording : IDisposable
{
    private const int BlockBytes = 1 << 16;

    private readonly FileStream _file;

    private TemporaryRecording(FileStream file) => _file = file;

    public string Path => _file.Name;

    /// <summary>Copies a stream to its end.</summary>
    /// <exception cref="Errors.AudioException">It is larger than the limit.</exception>
    public static TemporaryRecording Copy(Stream stream, string name, AudioLimits limits, CancellationToken ct)
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"speech-emotion-{Guid.NewGuid():N}.tmp");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var recording = new TemporaryRecording(new(path, options));
        var complete = false;
        try
        {
            recording.Fill(stream, name, limits.MaxBytes, ct);
            complete = true;
            return recording;
        }
        finally
        {
            if (!complete)
                recording.Dispose();
        }
    }

    public void Dispose() => _file.Dispose();

    private void Fill(Stream stream, string name, long maxBytes, CancellationToken ct)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            long total = 0;
            for (int read; (read = stream.Read(block)) > 0;)
            {
                ct.ThrowIfCancellationRequested();
                total += read;
                if (total > maxBytes)
                    throw AudioErrors.TooLarge(name, maxBytes);
                _file.Write(block, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}
