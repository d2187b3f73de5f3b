using System.Buffers.Binary;
using SpeechEmotion.Audio.Sniffing;

namespace SpeechEmotion.Audio.Mpeg;

/// <summary>
/// What encoders write into the first frame of an MP3 stream (Xing's, LAME's and Fraunhofer's tags): how many frames follow, and
/// how many samples at either end are the encoder's own.
/// </summary>
/// <param name="Frames">How many frames follow; 0 where the tag does not say it.</param>
/// <param name="Delay">Samples that the encoder put before the sound; null where the tag does not say it.</param>
/// <param name="Padding">Samples that it put after the sound.</param>
internal sealed record MpegTag(int Frames, int? Delay, int Padding)
{
    private const int TableOfContents = 100;
    private const int EncoderName = 9;
    private const int DelayOffset = 21;

    /// <summary>Reads the tag of a frame; null where the frame is one of sound.</summary>
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
        // An encoder that gives its name also gives the samples at either end, 12 bits each.
        if (rest.Length < DelayOffset + 3 || rest[..EncoderName].IndexOfAnyExcept((byte)0) < 0)
            return new(frames, null, 0);
        var delay = (rest[DelayOffset] << 4) | (rest[DelayOffset + 1] >> 4);
        return new(frames, delay, ((rest[DelayOffset + 1] & 15) << 8) | rest[DelayOffset + 2]);
    }

    private static int Number(ReadOnlySpan<byte> bytes) => (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(bytes), int.MaxValue);
}
