using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using SpeechEmotion.Audio.Raw;
using SpeechEmotion.Audio.Resampling;

namespace SpeechEmotion.Audio;

/// <summary>
/// Converts a recording to the input of the models: 16 kHz, channels averaged or separate, block by block. Where the channels cancel
/// each other, the loudest one replaces their average. Memory does not grow with the length. Not thread-safe.
/// </summary>
internal sealed class WaveformReader : IDisposable
{
    private const int BlockFrames = 4096;

    /// <summary>The largest block with averaged channels: one second is decided at once if it has at most this many samples.</summary>
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

    /// <summary>Takes ownership of a reader: it is disposed with this object, and also if the constructor fails.</summary>
    /// <param name="reader">The decoder. Its rate, channels and samples are validated, whatever its implementation.</param>
    /// <param name="onDecoded">
    /// Receives each decoded block, interleaved, before the channels are averaged, and the number of channels; for measurements.
    /// </param>
    /// <param name="split">Whether to keep the channels separate.</param>
    /// <exception cref="Errors.AudioException">
    /// <c>audio.unsupported_rate</c>, <c>audio.too_many_channels</c>, or <c>audio.damaged</c> if there are no channels.
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
            _blockFrames = _mix is null
                ? BlockFrames
                : Math.Clamp(_reader.Format.SampleRate, BlockFrames, Math.Max(BlockFrames, MostBlockSamples / _channels));
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

    /// <summary>The format stated by the recording's header.</summary>
    public AudioFormat Format => _reader.Format;

    /// <summary>The part that the decoder skipped; final at the end. Null if there is none.</summary>
    public AudioLoss? Loss => _reader.Loss;

    /// <summary>The number of frames decoded so far at the recording's own rate; at the end, its exact length.</summary>
    public long SourceFrames { get; private set; }

    /// <summary>The number of output channels: 1 if they are averaged.</summary>
    public int OutputChannels => _resamplers.Length;

    /// <summary>
    /// The share of the recording's energy so far where the channels cancel each other, so that the loudest one replaced their average:
    /// 0 to 1, and 0 if the channels are separate.
    /// </summary>
    public double CancelledShare => _mix?.ReplacedShare ?? 0;

    /// <summary>Reads the next samples: 16 kHz, the average of the channels.</summary>
    /// <returns>The number of samples written; fewer than requested only at the end, and then 0.</returns>
    /// <exception cref="InvalidOperationException">The channels are separate.</exception>
    /// <exception cref="Errors.AudioException">
    /// The recording is damaged, contains samples that are not finite, or exceeds the limits.
    /// </exception>
    public int Read(Span<float> samples)
    {
        if (_resamplers.Length > 1)
            throw new InvalidOperationException("The channels are separate.");
        return ReadChannels(samples);
    }

    /// <summary>Reads the next samples of all output channels.</summary>
    /// <param name="samples">
    /// The buffer, one channel after the other: sections of equal length, one for each of the <see cref="OutputChannels"/>.
    /// </param>
    /// <returns>The number of samples written to each section; fewer than fit only at the end, and then 0.</returns>
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

    /// <summary>Also disposes the reader.</summary>
    public void Dispose()
    {
        _reader.Dispose();
        ArrayPool<float>.Shared.Return(_interleaved);
        ArrayPool<float>.Shared.Return(_mono);
        (_interleaved, _mono) = ([], []);
    }

    /// <summary>Validates a reader. This library's own readers already are; the caller limits the length of any other.</summary>
    private static IAudioReader Checked(IAudioReader reader) =>
        reader is BoundedReader or SampleReader
            ? reader
            : new BoundedReader(reader, "audio", TimeSpan.MaxValue, owned: null, CancellationToken.None);

    /// <summary>Decodes the next block; false at the end.</summary>
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

    /// <summary>Reads a full block except at the end: decisions must not depend on how a decoder splits the samples.</summary>
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

    /// <summary>Averages the channels of interleaved samples into <paramref name="mono"/> and returns the result.</summary>
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

    /// <summary>Averages most of the samples of two channels with vector instructions.</summary>
    /// <returns>The number of frames averaged.</returns>
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
