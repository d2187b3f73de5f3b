namespace SpeechEmotion.Outputs;

/// <summary>
/// A file that is written in order, with its header last: the header's bytes are reserved at the start and filled in at the end.
/// Unbuffered, so that closing it after a failure does not fail again.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly string _path;

    private OutputFile(string path, FileStream stream, int headerLength)
    {
        _path = path;
        _stream = stream;
        HeaderLength = headerLength;
    }

    /// <summary>The number of bytes reserved for the header.</summary>
    public int HeaderLength { get; }

    /// <summary>The number of bytes written after the header.</summary>
    public long BodyLength => _stream.Position - HeaderLength;

    /// <exception cref="Errors.OutputException">The file cannot be created.</exception>
    public static OutputFile Create(string path, int headerLength)
    {
        try
        {
            var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
            stream.Position = headerLength;
            return new(path, stream, headerLength);
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, path);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw OutputErrors.Of(failure, path);
        }
    }

    /// <summary>Appends to the body.</summary>
    /// <exception cref="Errors.OutputException">The disk is full or unavailable.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, _path);
        }
    }

    /// <summary>Fills in the header and flushes the file to the disk; nothing can be written after it.</summary>
    /// <exception cref="Errors.OutputException">The disk is full or unavailable.</exception>
    public void Finish(ReadOnlySpan<byte> header)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(header.Length, HeaderLength);
        try
        {
            _stream.Position = 0;
            _stream.Write(header);
            _stream.Flush(flushToDisk: true);
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, _path);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
