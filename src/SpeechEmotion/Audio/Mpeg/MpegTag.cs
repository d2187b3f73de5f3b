using System.Buffers.Binary;
using SpeechEmotion.Audio.Sniffing;

namespace SpeechEmotion.Audio.Mpeg;

/// <summary>
/// The tag that encoders write into the first frame of an MP3 stream (by Xing, LAME or Fraunhofer): the number of frames that follow,
/// and the number of samples that the encoder added at either end.
/// </summary>
/// <param name="Frames">The number of frames that follow; 0 if the tag does not state it.</param>
/// <param name="Delay">The number of samples that the encoder added before the audio; null if the tag does not state it.</param>
/// <param name="Padding">The number of samples that the encoder added after the audio.</param>
internal sealed record MpegTag(int Frames, int? Delay, int Padding)
{
    private const int TableOfContents = 100;
    private const int EncoderName = 9;
    private const int DelayOffset = 21;

    /// <summary>Reads the tag of a frame; null if the frame contains audio.</summary>
    public static MpegTag? TryRead(ReadOnlySpan<byte> frame)
    {
        if (!MpegAudioFrame.IsLayer3(frame))
            return null;
        if (frame.Length >= 54 && frame[36..].StartsWith("VBRI"u8))
            return new(Number(frame[50..]), null, 0);
        var tag = frame[Math.Min(4 + MpegAudioFrame.SideBytes(frame), frame.Length)..];
        if (tag.Length < 8 || !(tag.StartsWith("Xing"u8) || tag.StartsWith("Info"u8)))
            return null;
        var fields = tag[7];
        var rest = tag[8..];
        var frames = (fields & 1) != 0 && rest.Length >= 4 ? Number(rest) : 0;
        var used = ((fields & 1) * 4) + ((fields & 2) * 2) + ((fields & 4) / 4 * TableOfContents) + ((fields & 8) / 2);
        rest = rest[Math.Min(used, rest.Length)..];
        // An encoder that states its name also states the samples at either end, 12 bits each.
        if (rest.Length < DelayOffset + 3 || rest[..EncoderName].IndexOfAnyExcept((byte)0) < 0)
            return new(frames, null, 0);
        var delay = (rest[DelayOffset] << 4) | (rest[DelayOffset + 1] >> 4);
        return new(frames, delay, ((rest[DelayOffset + 1] & 15) << 8) | rest[DelayOffset + 2]);
    }

    private static int Number(ReadOnlySpan<byte> bytes) => (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(bytes), int.MaxValue);
}
