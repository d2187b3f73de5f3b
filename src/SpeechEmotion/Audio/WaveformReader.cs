using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using SpeechEmotion.Audio.Raw;
using SpeechEmotion.Audio.Resampling;

namespace SpeechEmotion.Audio;

/// <summary>
/// Gives a recording as the models take it: 16 kHz, channels averaged or each by itself, block by block; where channels cancel each
/// other, the loudest takes the place of their average. Memory does not grow with its length. Not thread-safe.
/// </summary>
internal sealed class WaveformReader : IDisposable
{
    private const int BlockFrames = 4096;

    /// <summary>A second of channels that are averaged is decided at once, if it has at most this many samples.</summary>
    private const int MostBlockSamples = 1 << 20;

    private readonly IAudioReader _reader;
    private readonly Action<ReadOnlySpan<float>, int>? _onDecoded;
    private readonly Resampler[] _resamplers;
    private readonly int _channels;
    private readonly int _blockFrames;
    private readonly ChannelMix? _mix;
    private float[] _interleaved;
    private float[] _mono;
    private bool _ended;

    /// <summary>Takes over a reader: disposing this disposes it, and so does a failure here.</summary>
    /// <param name="reader">What decodes. Whoever wrote it, rate, channels and samples are checked.</param>
    /// <param name="onDecoded">
    /// Sees each decoded block, interleaved, before the channels are averaged, with the number of channels; for measuring.
    /// </param>
    /// <param name="split">Keep the channels apart.</param>
    /// <exception cref="Errors.AudioException">
    /// <c>audio.unsupported_rate</c>, <c>audio.too_many_channels</c>, or <c>audio.damaged</c> where it has no channels.
    /// </exception>
    public WaveformReader(IAudioReader reader, Action<ReadOnlySpan<float>, int>? onDecoded = null, bool split = false)
    {
        var complete = false;
        try
        {
            _reader = Checked(reader);
            _onDecoded = onDecoded;
            _channels = _reader.Format.Channels;
            _resamplers = [.. Enumerable.Range(0, split ? _channels : 1).Select(_ => new Resampler(_reader.Format.SampleRate))];
            _mix = _channels > 1 && _resamplers.Length == 1 ? new(_channels) : null;
            _blockFrames = _mix is null ? BlockFrames : Math.Clamp(_reader.Format.SampleRate, BlockFrames, Math.Max(BlockFrames, MostBlockSamples / _channels));
            _interleaved = ArrayPool<float>.Shared.Rent(_blockFrames * _channels);
            _mono = ArrayPool<float>.Shared.Rent(_blockFrames);
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

    /// <summary>What the decoder left out; final at the end. Null for nothing.</summary>
    public AudioLoss? Loss => _reader.Loss;

    /// <summary>Frames decoded so far at the recording's own rate; at the end, its exact length.</summary>
    public long SourceFrames { get; private set; }

    /// <summary>How many channels come out: 1 where they are averaged.</summary>
    public int OutputChannels => _resamplers.Length;

    /// <summary>
    /// How much of the recording's energy so far lies where the channels cancel each other, so that the loudest was taken instead of
    /// their average: 0 to 1, and 0 where they are kept apart.
    /// </summary>
    public double CancelledShare => _mix?.ReplacedShare ?? 0;

    /// <summary>Reads the next samples: 16 kHz, the average of the channels.</summary>
    /// <returns>How many were written; fewer than asked for only at the end, and then 0.</returns>
    /// <exception cref="InvalidOperationException">The channels are kept apart.</exception>
    /// <exception cref="Errors.AudioException">
    /// The recording is damaged, holds samples that are not finite, or is longer than the limits allow.
    /// </exception>
    public int Read(Span<float> samples)
    {
        if (_resamplers.Length > 1)
            throw new InvalidOperationException("The channels are kept apart.");
        return ReadChannels(samples);
    }

    /// <summary>Reads the next samples of all channels that come out.</summary>
    /// <param name="samples">Takes them one channel after the other: as many stretches of one length as there are <see cref="OutputChannels"/>.</param>
    /// <returns>How many were written to each stretch; fewer than fit only at the end, and then 0.</returns>
    /// <inheritdoc cref="Read(Span{float})"/>
    internal int ReadChannels(Span<float> samples)
    {
        var length = samples.Length / _resamplers.Length;
        var count = 0;
        while (count < length)
        {
            var read = 0;
            for (var channel = 0; channel < _resamplers.Length; channel++)
                read = _resamplers[channel].Read(samples.Slice((channel * length) + count, length - count));
            count += read;
            if (read == 0 && !Decode())
                break;
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

    /// <summary>False at the end.</summary>
    private bool Decode()
    {
        if (_ended)
            return false;
        var block = NextBlock();
        if (block.IsEmpty)
        {
            _ended = true;
            foreach (var resampler in _resamplers)
                resampler.Complete();
            return true;
        }
        _onDecoded?.Invoke(block, _channels);
        var frames = block.Length / _channels;
        SourceFrames += frames;
        if (_channels == 1)
            _resamplers[0].Write(block);
        else if (_resamplers.Length == 1)
        {
            var mono = Average(block, _mono.AsSpan(0, frames), _channels);
            _mix!.Guard(block, channelStride: 1, frameStride: _channels, mono);
            _resamplers[0].Write(mono);
        }
        else
            WriteApart(block, _mono.AsSpan(0, frames));
        return true;
    }

    /// <summary>Full except at the end: what is decided of a block must not depend on how a decoder cuts its samples.</summary>
    private Span<float> NextBlock()
    {
        var block = _interleaved.AsSpan(0, _blockFrames * _channels);
        var filled = 0;
        for (int read; filled < block.Length && (read = _reader.Read(block[filled..])) > 0;)
            filled += read;
        return block[..filled];
    }

    private void WriteApart(ReadOnlySpan<float> block, Span<float> samples)
    {
        for (var channel = 0; channel < _resamplers.Length; channel++)
        {
            for (var frame = 0; frame < samples.Length; frame++)
                samples[frame] = block[(frame * _channels) + channel];
            _resamplers[channel].Write(samples);
        }
    }

    /// <summary>Averages the channels of interleaved samples into <paramref name="mono"/>, and returns that.</summary>
    internal static Span<float> Average(ReadOnlySpan<float> interleaved, Span<float> mono, int channels)
    {
        for (var frame = channels == 2 ? AverageStereo(interleaved, mono) : 0; frame < mono.Length; frame++)
        {
            var sum = 0f;
            foreach (var sample in interleaved.Slice(frame * channels, channels))
                sum += sample;
            mono[frame] = sum / channels;
        }
        return mono;
    }

    /// <summary>The same for most of the samples of two channels, many at once.</summary>
    /// <returns>How many frames were averaged.</returns>
    private static int AverageStereo(ReadOnlySpan<float> interleaved, Span<float> mono)
    {
        var frames = MemoryMarshal.Cast<float, ulong>(interleaved);
        var done = 0;
        for (; done + Vector<float>.Count <= mono.Length; done += Vector<float>.Count)
        {
            var (one, other) = (new Vector<ulong>(frames[done..]), new Vector<ulong>(frames[(done + Vector<ulong>.Count)..]));
            var left = Vector.AsVectorSingle(Vector.Narrow(one, other));
            var right = Vector.AsVectorSingle(Vector.Narrow(one >> 32, other >> 32));
            ((Vector<float>.Zero + left + right) / 2).CopyTo(mono[done..]);
        }
        return done;
    }
}
