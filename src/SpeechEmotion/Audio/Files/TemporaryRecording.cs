namespace SpeechEmotion.Audio.Files;

/// <summary>A recording from a stream in a temporary file that only its owner may read and that disposal deletes.</summary>
internal sealed class TemporaryRecording : IDisposable
{
    private const int BlockBytes = 1 << 16;
    private const string Prefix = "speech-emotion-";
    private const string Suffix = ".tmp";

    /// <summary>An age far beyond the time that decoding any recording takes.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private readonly FileStream _file;

    private TemporaryRecording(FileStream file) => _file = file;

    public string Path => _file.Name;

    /// <summary>Copies a stream to its end, and deletes the files that killed processes left in the folder.</summary>
    /// <exception cref="Errors.AudioException">
    /// The stream cannot be read or exceeds the limit, or the folder cannot be written.
    /// </exception>
    public static TemporaryRecording Copy(Stream stream, string name, AudioLimits limits, string folder, CancellationToken ct)
    {
        var recording = new TemporaryRecording(Create(name, folder));
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

    private static FileStream Create(string name, string folder)
    {
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
            Sweep(folder);
            return new(System.IO.Path.Combine(folder, $"{Prefix}{Guid.NewGuid():N}{Suffix}"), options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AudioErrors.NotKept(name, folder, e);
        }
    }

    private static void Sweep(string folder)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = true };
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles($"{Prefix}*{Suffix}", options))
        {
            if (TimeProvider.System.GetUtcNow() - file.LastWriteTimeUtc < Abandoned)
                continue;
            try
            {
                file.Delete();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The file belongs to another user of a shared folder, who has to delete it; it does no harm here.
            }
        }
    }

    private void Fill(Stream stream, string name, long maxBytes, CancellationToken ct)
    {
        // Not from a pool: an abandoned read keeps using its block.
        var block = new byte[BlockBytes];
        long total = 0;
        for (int read; (read = Read(stream, block, name, ct)) > 0;)
        {
            total += read;
            if (total > maxBytes)
                throw AudioErrors.TooLarge(name, maxBytes);
            Keep(block.AsSpan(0, read), name);
        }
    }

    /// <summary>Reads a block. A read from an idle pipe cannot be interrupted, so cancellation abandons it.</summary>
    private static int Read(Stream stream, byte[] block, string name, CancellationToken ct)
    {
        try
        {
            var read = stream.ReadAsync(block, ct).AsTask();
            Task.WaitAny([read], ct);
            return read.GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AudioErrors.NotReadable(name, e);
        }
    }

    private void Keep(ReadOnlySpan<byte> block, string name)
    {
        try
        {
            _file.Write(block);
        }
        catch (IOException e)
        {
            throw AudioErrors.NotKept(name, System.IO.Path.GetDirectoryName(Path)!, e);
        }
    }
}
