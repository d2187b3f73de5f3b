namespace SpeechEmotion.Audio;

/// <summary>Reads from a decoder that produces whole blocks and keeps the rest of a block for the next call. Not thread-safe.</summary>
internal abstract class BlockReader : IAudioReader
{
    private ReadOnlyMemory<float> _rest;

    public abstract AudioFormat Format { get; }

    public abstract AudioLoss? Loss { get; }

    public int Read(Span<float> interleaved)
    {
        var done = 0;
        while (done < interleaved.Length)
        {
            if (_rest.IsEmpty && (_rest = Decode()).IsEmpty)
                break;
            var count = Math.Min(_rest.Length, interleaved.Length - done);
            _rest.Span[..count].CopyTo(interleaved[done..]);
            _rest = _rest[count..];
            done += count;
        }
        return done;
    }

    /// <summary>Does nothing: the <see cref="JoinedReader"/> of all streams in the file owns the file.</summary>
    public virtual void Dispose()
    {
    }

    /// <summary>Decodes the next block with samples.</summary>
    /// <returns>Interleaved samples, valid until the next call; empty at the end of the stream.</returns>
    protected abstract ReadOnlyMemory<float> Decode();
}
