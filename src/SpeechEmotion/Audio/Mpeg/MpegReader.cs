using NLayer;
using SpeechEmotion.Audio.Sniffing;

namespace SpeechEmotion.Audio.Mpeg;

/// <summary>
/// Decodes one stream of MPEG audio frames (layers II and III) with NLayer. A stream ends at a frame with another rate or other
/// channels, or at an encoder's tag that starts the next stream.
/// </summary>
internal sealed class MpegReader : BlockReader
{
    private const int MaxSamples = 2 * 1152;

    private readonly MpegFrames _frames;
    private readonly MpegFrameDecoder _decoder = new();
    private readonly MpegFrame _frame = new();
    private readonly MpegExtent _extent;
    private readonly float[] _block = new float[MaxSamples];

    private MpegReader(MpegFrames frames, ReadOnlySpan<byte> first)
    {
        var (rate, channels, layer) = (MpegAudioFrame.SampleRate(first), MpegAudioFrame.Channels(first), MpegAudioFrame.IsLayer3(first));
        (_frames, _extent) = (frames, new(first));
        Format = new("MP3", layer ? "mp3" : "mp2", rate, channels, null, "built-in") { DecoderVersion = BuiltInReader.NLayer };
        if (_extent.HasTag)
            frames.Read();
    }

    public override AudioFormat Format { get; }

    public override AudioLoss? Loss => AudioLoss.OfFrames(_extent.DeclaredSamples, _extent.Position, Format.SampleRate);

    /// <summary>Opens a file of one stream or of several concatenated ones; null if NLayer decodes this kind incorrectly.</summary>
    /// <param name="source">The recording.</param>
    /// <exception cref="Errors.AudioException">The file contains no frame.</exception>
    public static JoinedReader? TryOpen(AudioInput source)
    {
        var bytes = new ByteWindow(source.OpenBytes());
        JoinedReader? reader = null;
        try
        {
            var frames = new MpegFrames(bytes);
            var duration = MpegExtent.Measure(frames);
            frames.Restart();
            if (IsWrong(frames.Peek()))
                return null;
            var first = Next(frames) ?? throw AudioErrors.Damaged(
                source.Name, "it contains no MPEG audio frame of a known length", "其中没有长度可知的 MPEG 音频帧");
            return reader = new(first, () => Next(frames), bytes, duration, () => AudioLoss.Of(default, frames.Skipped));
        }
        finally
        {
            if (reader is null)
                bytes.Dispose();
        }
    }

    /// <summary>For MP3 at 8 kHz, NLayer uses the frequency bands of other rates: the error is a fifth of the signal.</summary>
    private static bool IsWrong(ReadOnlySpan<byte> frame) =>
        !frame.IsEmpty && MpegAudioFrame.IsLayer3(frame) && MpegAudioFrame.SampleRate(frame) == 8000;

    private static MpegReader? Next(MpegFrames frames)
    {
        while (IsWrong(frames.Peek()))
            frames.Skip();
        return frames.Peek() is { IsEmpty: false } first ? new(frames, first) : null;
    }

    protected override ReadOnlyMemory<float> Decode()
    {
        while (_frames.Peek() is { IsEmpty: false } bytes && _extent.Includes(bytes))
        {
            _frame.Set(bytes);
            _frames.Read();
            var samples = _frame.SampleCount;
            var decoded = _block.AsSpan(0, samples * Format.Channels);
            if (!TryDecode(decoded))
                decoded.Clear();
            var (from, to) = _extent.Next(samples);
            if (to > from)
                return _block.AsMemory(from * Format.Channels, (to - from) * Format.Channels);
        }
        return default;
    }

    /// <summary>Decodes a frame. A damaged frame, or one with bits in a missing frame, becomes silence of the same duration.</summary>
    private bool TryDecode(Span<float> samples)
    {
        try
        {
            return _decoder.DecodeFrame(_frame, samples) == samples.Length;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A damaged frame may violate any check of NLayer or the runtime.
            _decoder.Reset();
            return false;
        }
    }
}
