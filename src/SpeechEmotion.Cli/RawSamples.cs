using SpeechEmotion.Audio;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Cli;

/// <summary>Raw samples from a stream that gives them as they are made.</summary>
/// <param name="stream">Gives the bytes.</param>
/// <param name="encoding">How the samples are written.</param>
/// <param name="channels">Channels of a frame.</param>
internal sealed class RawSamples(Stream stream, RawEncoding encoding, int channels)
{
    private readonly byte[] _bytes = new byte[1 << 16];
    private readonly float[] _samples = new float[1 << 15];
    private int _left;

    /// <summary>Waits for the next samples, of whole frames; valid until the next call. Empty at the end.</summary>
    /// <exception cref="AudioException"><c>audio.damaged</c>: it ends in the middle of a frame.</exception>
    public async Task<ReadOnlyMemory<float>> ReadAsync(CancellationToken ct)
    {
        var frame = channels * encoding.SampleBytes;
        while (true)
        {
            // A read of standard input cannot be ended; who is interrupted leaves it behind.
            var read = await Task.Run(() => stream.Read(_bytes.AsSpan(_left)), CancellationToken.None).WaitAsync(ct);
            if (read == 0)
                return _left == 0 ? default : throw Cut();
            var filled = _left + read;
            var whole = filled / frame * frame;
            if (whole == 0)
            {
                _left = filled;
                continue;
            }
            var count = encoding.Decode(_bytes.AsSpan(0, whole), _samples);
            _left = filled - whole;
            _bytes.AsSpan(whole, _left).CopyTo(_bytes);
            return _samples.AsMemory(0, count);
        }
    }

    private static AudioException Cut() => new(
        "audio.damaged", "The stream ends in the middle of a sample. Check --encoding and --channels.", "音频流在采样中间结束。请检查 --encoding 和 --channels。");
}
