namespace SpeechEmotion.Client.Connection;

/// <summary>A recording that can be sent: a file, or a stream of the caller.</summary>
internal sealed class RecordingSource
{
    private readonly Stream? _stream;
    private readonly string? _path;
    private readonly long _start;

    private RecordingSource(string name, string? path, Stream? stream)
    {
        (Name, _path, _stream) = (name, path, stream);
        if (stream is { CanSeek: true })
            (_start, Length) = (stream.Position, stream.Length - stream.Position);
        else if (path is not null)
            Length = LengthOf(path);
    }

    /// <summary>The name that the server shows.</summary>
    public string Name { get; }

    /// <summary>The bytes of the recording; null for a stream that does not know.</summary>
    public long? Length { get; }

    /// <summary>Whether <see cref="Open"/> can be called again after a failed attempt.</summary>
    public bool IsRepeatable => _stream is null or { CanSeek: true };

    /// <summary>Whether the reader of the recording closes it.</summary>
    public bool IsOwned => _stream is null;

    /// <summary>A file.</summary>
    /// <exception cref="IOException">There is no such file.</exception>
    public static RecordingSource OfFile(string path, string? name = null) => new(name ?? Path.GetFileName(path), path, null);

    /// <summary>A stream from its current position to its end. The caller closes it.</summary>
    public static RecordingSource OfStream(Stream stream, string name) => new(name, null, stream);

    /// <summary>The bytes of a file, also behind a link, whose own length is another one.</summary>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static long LengthOf(string path)
    {
        using var file = File.OpenHandle(path);
        return RandomAccess.GetLength(file);
    }

    /// <summary>Opens the recording at its start.</summary>
    public Stream Open()
    {
        if (_stream is null)
            return new FileStream(_path!, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
        if (_stream.CanSeek)
            _stream.Position = _start;
        return _stream;
    }
}
