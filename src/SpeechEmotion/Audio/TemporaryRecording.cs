namespace SpeechEmotion.Audio;

/// <summary>A recording from a stream, kept in a file that only its owner may read and that is gone on disposal.</summary>
internal sealed class TemporaryRecording : IDisposable
{
    private const int BlockBytes = 1 << 16;

    private readonly FileStream _file;

    private TemporaryRecording(FileStream file) => _file = file;

    public string Path => _file.Name;

    /// <summary>Copies a stream to its end.</summary>
    /// <exception cref="Errors.AudioException">It is larger than the limit, or the temporary folder does not take it.</exception>
    public static TemporaryRecording Copy(Stream stream, string name, AudioLimits limits, CancellationToken ct)
    {
        var recording = new TemporaryRecording(Create(name));
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

    private static FileStream Create(string name)
    {
        var folder = System.IO.Path.GetTempPath();
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
        try
        {
            return new(System.IO.Path.Combine(folder, $"speech-emotion-{Guid.NewGuid():N}.tmp"), options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AudioErrors.NotKept(name, folder, e);
        }
    }

    private void Fill(Stream stream, string name, long maxBytes, CancellationToken ct)
    {
        // Not from a pool: a read that is given up goes on using its block.
        var block = new byte[BlockBytes];
        long total = 0;
        for (int read; (read = Read(stream, block, ct)) > 0;)
        {
            total += read;
            if (total > maxBytes)
                throw AudioErrors.TooLarge(name, maxBytes);
            Keep(block.AsSpan(0, read), name);
        }
    }

    /// <summary>A pipe on which nothing comes cannot be interrupted; on cancellation the read is left behind.</summary>
    private static int Read(Stream stream, byte[] block, CancellationToken ct)
    {
        var read = stream.ReadAsync(block, ct).AsTask();
        Task.WaitAny([read], ct);
        return read.GetAwaiter().GetResult();
    }

    private void Keep(ReadOnlySpan<byte> block, string name)
    {
        try
        {
            _file.Write(block);
        }
        catch (IOException e)
        {
            throw AudioErrors.NotKept(name, System.IO.Path.GetTempPath(), e);
        }
    }
}
