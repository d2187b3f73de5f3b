namespace SpeechEmotion.Outputs;

/// <summary>
/// A file that is written in order while its header waits: the header's bytes are set aside at the start and filled in at
/// the end. Unbuffered, so that closing it after a failure does not fail again.
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

    /// <summary>Bytes set aside for the header.</summary>
    public int HeaderLength { get; }

    /// <summary>Bytes written after the header.</summary>
    public long BodyLength => _stream.Position - HeaderLength;

    /// <exception cref="Errors.OutputException">The file cannot be made.</exception>
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

    /// <summary>Adds to the body.</summary>
    /// <exception cref="Errors.OutputException">The disk is full or gone.</exception>
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

    /// <summary>Fills in the header and sees the file onto the disk; nothing is written after it.</summary>
    /// <exception cref="Errors.OutputException">The disk is full or gone.</exception>
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
