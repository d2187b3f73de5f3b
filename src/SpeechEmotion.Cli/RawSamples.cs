using SpeechEmotion.Audio.Raw;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Cli;

/// <summary>Raw samples from a stream that delivers them while they are recorded.</summary>
/// <param name="stream">The source of the bytes.</param>
/// <param name="encoding">The encoding of the samples.</param>
/// <param name="sampleRate">The sample rate in Hz.</param>
/// <param name="channels">The number of channels in a frame.</param>
internal sealed class RawSamples(Stream stream, RawEncoding encoding, int sampleRate, int channels)
{
    private readonly byte[] _bytes = new byte[1 << 16];
    private readonly float[] _samples = new float[1 << 15];
    private int _filled;
    private bool _begun;

    /// <summary>Waits for the next samples, in whole frames; valid until the next call. Empty at the end.</summary>
    /// <exception cref="AudioException">
    /// <c>audio.damaged</c>: the stream ends in the middle of a frame. For a stream that begins like a file, see <see cref="RawHeader"/>.
    /// </exception>
    public async Task<ReadOnlyMemory<float>> ReadAsync(CancellationToken ct)
    {
        if (!_begun)
            await BeginAsync(ct);
        var frame = channels * encoding.SampleBytes;
        while (_filled < frame)
        {
            if (!await FillAsync(ct))
                return _filled == 0 ? default : throw Cut();
        }
        var whole = _filled / frame * frame;
        var count = encoding.Decode(_bytes.AsSpan(0, whole), _samples);
        Drop(whole);
        return _samples.AsMemory(0, count);
    }

    private async Task BeginAsync(CancellationToken ct)
    {
        _begun = true;
        while (_filled < RawHeader.HeadLength && await FillAsync(ct))
        {
        }
        Drop(RawHeader.Length(_bytes.AsSpan(0, Math.Min(_filled, RawHeader.HeadLength)), encoding, sampleRate, channels));
    }

    /// <summary>Reads more bytes; false at the end.</summary>
    private async Task<bool> FillAsync(CancellationToken ct)
    {
        // A blocked read of standard input cannot be cancelled, so an interrupt abandons it.
        var read = await Task.Run(() => stream.Read(_bytes.AsSpan(_filled)), CancellationToken.None).WaitAsync(ct);
        _filled += read;
        return read > 0;
    }

    private void Drop(int count)
    {
        _filled -= count;
        _bytes.AsSpan(count, _filled).CopyTo(_bytes);
    }

    private static AudioException Cut() => new(
        "audio.damaged", "The stream ends in the middle of a sample. Check --encoding and --channels.",
        "音频流在采样中间结束。请检查 --encoding 和 --channels。");
}
