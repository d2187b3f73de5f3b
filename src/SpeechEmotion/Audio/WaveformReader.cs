using System.Buffers;

namespace SpeechEmotion.Audio;

/// <summary>
/// Gives a recording as the models hear it: channels averaged, 16 kHz, block by block. Memory does not grow with its
/// length. Not thread-safe.
/// </summary>
public sealed class WaveformReader : IDisposable
{
    private const int BlockFrames = 4096;

    private readonly IAudioReader _reader;
    private readonly Action<ReadOnlySpan<float>, int>? _onDecoded;
    private readonly Resampler _resampler;
    private readonly int _channels;
    private float[] _interleaved;
    private float[] _mono;
    private bool _ended;

    /// <summary>Takes over a reader: disposing this disposes it, and so does a failure here.</summary>
    /// <param name="reader">What decodes. Whoever wrote it, rate, channels and samples are checked.</param>
    /// <param name="onDecoded">
    /// Sees each decoded block, interleaved, before the channels are averaged, with the number of channels; for measuring.
    /// </param>
    /// <exception cref="Errors.AudioException">
    /// <c>audio.unsupported_rate</c>, <c>audio.too_many_channels</c>, or <c>audio.damaged</c> where it has no channels.
    /// </exception>
    public WaveformReader(IAudioReader reader, Action<ReadOnlySpan<float>, int>? onDecoded = null)
    {
        var complete = false;
        try
        {
            _reader = Checked(reader);
            _onDecoded = onDecoded;
            _channels = _reader.Format.Channels;
            _resampler = new(_reader.Format.SampleRate);
            _interleaved = ArrayPool<float>.Shared.Rent(BlockFrames * _channels);
            _mono = ArrayPool<float>.Shared.Rent(BlockFrames);
            complete = true;
        }
        finally
        {
            if (!complete)
                reader.Dispose();
        }
    }

    /// <summary>What the recording's header says.</summary>
    public AudioFormat Format => _reader.Format;

    /// <summary>Frames decoded so far at the recording's own rate; at the end, its exact length.</summary>
    public long SourceFrames { get; private set; }

    /// <summary>Reads the next samples: 16 kHz, mono.</summary>
    /// <returns>How many were written; fewer than asked for only at the end, and then 0.</returns>
    /// <exception cref="Errors.AudioException">
    /// The recording is damaged, holds samples that are not finite, or is longer than the limits allow.
    /// </exception>
    public int Read(Span<float> samples)
    {
        var count = 0;
        while (count < samples.Length)
        {
            var read = _resampler.Read(samples[count..]);
            count += read;
            if (read > 0)
                continue;
            if (_ended)
                break;
            Decode();
        }
        return count;
    }

    /// <summary>Disposes the reader too.</summary>
    public void Dispose()
    {
        _reader.Dispose();
        ArrayPool<float>.Shared.Return(_interleaved);
        ArrayPool<float>.Shared.Return(_mono);
        (_interleaved, _mono) = ([], []);
    }

    /// <summary>The readers of this library are checked already; how long another's may be is its owner's business.</summary>
    private static IAudioReader Checked(IAudioReader reader) =>
        reader is BoundedReader or SampleReader
            ? reader
            : new BoundedReader(reader, "audio", TimeSpan.MaxValue, owned: null, CancellationToken.None);

    private void Decode()
    {
        var block = _interleaved.AsSpan(0, BlockFrames * _channels);
        block = block[.._reader.Read(block)];
        if (block.IsEmpty)
        {
            _ended = true;
            _resampler.Complete();
            return;
        }
        _onDecoded?.Invoke(block, _channels);
        var frames = block.Length / _channels;
        SourceFrames += frames;
        _resampler.Write(_channels == 1 ? block : Average(block, _mono.AsSpan(0, frames)));
    }

    private ReadOnlySpan<float> Average(ReadOnlySpan<float> block, Span<float> mono)
    {
        for (var frame = 0; frame < mono.Length; frame++)
        {
            var sum = 0f;
            foreach (var sample in block.Slice(frame * _channels, _channels))
                sum += sample;
            mono[frame] = sum / _channels;
        }
        return mono;
    }
}
