namespace SpeechEmotion.Audio.Wav;

/// <summary>Decodes PCM, G.711 and ADPCM WAV files without an external decoder.</summary>
internal sealed class WavReader : IAudioReader
{
    private const int BufferBytes = 1 << 16;

    private readonly FileStream _file;
    private readonly WavHeader _header;
    private readonly string _name;
    private readonly byte[] _bytes;
    private readonly float[] _block;
    private ReadOnlyMemory<float> _pending;
    private long _bytesLeft;
    private int _nextPart;
    private long _framesLeft;

    private WavReader(FileStream file, WavHeader header, string name)
    {
        var format = header.Format;
        (_file, _header, _name) = (file, header, name);
        _bytes = new byte[Math.Max(BufferBytes, format.BlockBytes)];
        _block = new float[IsAdpcm ? format.BlockFrames * format.Channels : 0];
        _framesLeft = CountFrames();
        var duration = TimeSpan.FromSeconds((double)_framesLeft / format.SampleRate);
        Format = new("WAV", format.Codec, format.SampleRate, format.Channels, duration, "built-in");
    }

    public AudioFormat Format { get; }

    /// <summary>The end of the samples in the file.</summary>
    public long End => _header.DataEnd;

    public AudioLoss? Loss { get; private init; }

    private bool IsAdpcm => _header.Format.Encoding is WavEncoding.MsAdpcm or WavEncoding.ImaAdpcm;

    /// <summary>Opens a WAV file; null if the built-in decoder does not support its codec.</summary>
    /// <exception cref="Errors.AudioException">The header is invalid.</exception>
    public static WavReader? TryOpen(AudioInput source) => TryOpen(source, source.Start);

    /// <summary>Opens a WAV file at an offset in a file; null if the built-in decoder does not support its codec.</summary>
    /// <exception cref="Errors.AudioException">The header is invalid.</exception>
    public static WavReader? TryOpen(AudioInput source, long position)
    {
        var file = source.OpenBytes();
        file.Position = position;
        WavReader? reader = null;
        try
        {
            var header = WavHeader.Read(file, source.Name);
            if (header.Format.Encoding is not null)
                reader = new(file, header, source.Name) { Loss = LossOf(file, header) };
            return reader;
        }
        catch (EndOfStreamException e)
        {
            throw AudioErrors.Damaged(source.Name, "its WAV header is truncated", "WAV 文件头不完整", e);
        }
        finally
        {
            if (reader is null)
                file.Dispose();
        }
    }

    public int Read(Span<float> interleaved)
    {
        var channels = Format.Channels;
        var wanted = (int)Math.Min(interleaved.Length / channels, _framesLeft) * channels;
        var read = IsAdpcm ? ReadBlocks(interleaved[..wanted]) : ReadFrames(interleaved[..wanted]);
        // The file may have become shorter since its header was read.
        _framesLeft = read < wanted && read == 0 ? 0 : _framesLeft - (read / channels);
        return read;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>
    /// Computes the samples that the header declares and the file lacks. The placeholder sizes of programs that write to a pipe
    /// declare nothing.
    /// </summary>
    private static AudioLoss? LossOf(FileStream file, WavHeader header)
    {
        const uint placeholders = 0x7FFF0000;
        Span<byte> size = stackalloc byte[4];
        if (header.Data is not [.., var last])
            return null;
        file.Position = last.Start - size.Length;
        file.ReadExactly(size);
        var claimed = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (claimed >= placeholders || claimed <= last.Length)
            return null;
        var blocks = (claimed - last.Length) / header.Format.BlockBytes;
        return AudioLoss.OfFrames(blocks * Math.Max(1, header.Format.BlockFrames), 0, header.Format.SampleRate);
    }

    private long CountFrames()
    {
        var format = _header.Format;
        var frames = _header.DataLength / format.BlockBytes * format.BlockFrames;
        if (!IsAdpcm)
            return frames;
        var rest = (int)(_header.DataLength % format.BlockBytes);
        frames += format.Encoding == WavEncoding.MsAdpcm
            ? MsAdpcmBlock.Frames(rest, format.Channels)
            : ImaAdpcmBlock.Frames(rest, format.Channels);
        // The last block is padded; 'fact' states where the audio ends. A count that omits whole blocks is ignored.
        return _header.FactFrames is { } fact && fact <= frames && fact > frames - format.BlockFrames ? fact : frames;
    }

    private int ReadFrames(Span<float> samples)
    {
        var frameBytes = _header.Format.BlockBytes;
        var sampleBytes = frameBytes / Format.Channels;
        var done = 0;
        while (done < samples.Length)
        {
            var frames = Math.Min((samples.Length - done) / Format.Channels, _bytes.Length / frameBytes);
            var bytes = Fill(frames * frameBytes);
            var count = bytes.Length / frameBytes * Format.Channels;
            if (count == 0)
                break;
            PcmSamples.Decode(_header.Format.Encoding!.Value, bytes[..(count * sampleBytes)], samples.Slice(done, count));
            done += count;
        }
        return done;
    }

    private int ReadBlocks(Span<float> samples)
    {
        var done = 0;
        while (done < samples.Length && (!_pending.IsEmpty || DecodeBlock()))
        {
            var count = Math.Min(_pending.Length, samples.Length - done);
            _pending.Span[..count].CopyTo(samples[done..]);
            _pending = _pending[count..];
            done += count;
        }
        return done;
    }

    private bool DecodeBlock()
    {
        var format = _header.Format;
        var bytes = Fill(format.BlockBytes);
        if (format.Encoding == WavEncoding.MsAdpcm)
        {
            var frames = MsAdpcmBlock.Frames(bytes.Length, format.Channels);
            if (frames > 0)
                MsAdpcmBlock.Decode(bytes, format.Coefficients, format.Channels, _block, _name);
            _pending = _block.AsMemory(0, frames * format.Channels);
        }
        else
        {
            var frames = ImaAdpcmBlock.Frames(bytes.Length, format.Channels);
            if (frames > 0)
                ImaAdpcmBlock.Decode(bytes, format.Channels, _block);
            _pending = _block.AsMemory(0, frames * format.Channels);
        }
        return !_pending.IsEmpty;
    }

    private ReadOnlySpan<byte> Fill(int count)
    {
        var filled = 0;
        while (filled < count && (_bytesLeft > 0 || NextPart()))
        {
            var bytes = _bytes.AsSpan(filled, (int)Math.Min(count - filled, _bytesLeft));
            var read = _file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            // The file may have become shorter since its header was read.
            _bytesLeft = read < bytes.Length ? 0 : _bytesLeft - read;
            filled += read;
        }
        return _bytes.AsSpan(0, filled);
    }

    private bool NextPart()
    {
        if (_nextPart == _header.Data.Count)
            return false;
        var part = _header.Data[_nextPart++];
        (_file.Position, _bytesLeft) = (part.Start, part.Length);
        return true;
    }
}
