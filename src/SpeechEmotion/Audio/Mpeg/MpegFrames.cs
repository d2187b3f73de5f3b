using System.Buffers.Binary;
using SpeechEmotion.Audio.Sniffing;

namespace SpeechEmotion.Audio.Mpeg;

/// <summary>Finds the frames of an MPEG audio stream, and skips tags and anything else between them.</summary>
/// <param name="bytes">The file, which its owner disposes.</param>
internal sealed class MpegFrames(ByteWindow bytes)
{
    private const int ViewBytes = 1 << 13;
    private const int Id3v1Bytes = 128;
    private const int ApeBytes = 32;

    private readonly byte[] _last = new byte[4];
    private bool _inStep;
    private int _length;

    /// <summary>The number of skipped bytes, without tags and zeros.</summary>
    public long Skipped { get; private set; }

    /// <summary>Returns the next frame without reading it; empty at the end of the file. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Peek()
    {
        if (_length == 0 && !Find())
            return default;
        return bytes.View(_length);
    }

    /// <summary>Advances past the frame that <see cref="Peek"/> returned.</summary>
    public void Read()
    {
        bytes.View(_last.Length).CopyTo(_last);
        bytes.Skip(_length);
        (_length, _inStep) = (0, true);
    }

    /// <summary>Advances past the frame that <see cref="Peek"/> returned, without decoding it.</summary>
    public void Skip()
    {
        Skipped += _length;
        Read();
    }

    /// <summary>Returns to the first frame of the file.</summary>
    public void Restart()
    {
        bytes.MoveTo(0);
        (_length, _inStep, Skipped) = (0, false, 0);
    }

    private bool Find()
    {
        while (true)
        {
            var view = bytes.View(ViewBytes);
            if (view.Length < 4)
                return false;
            if (FrameAt(view) is var length and > 0)
            {
                _length = length;
                return true;
            }
            if (TagLength(view) is var tag and > 0)
            {
                bytes.Skip(Math.Min(tag, bytes.Length - bytes.Position));
                continue;
            }
            _inStep = false;
            var skip = 1;
            while (skip < view.Length - 4 && !(view[skip] == 0xFF && (view[skip + 1] & 0xE0) == 0xE0) && TagLength(view[skip..]) == 0)
                skip++;
            Skipped += skip - view[..skip].Count((byte)0);
            bytes.Skip(skip);
        }
    }

    /// <summary>
    /// The length of the frame here; 0 if there is none. After a frame of the same stream the header alone is enough; otherwise another
    /// frame must follow, unless the file ends.
    /// </summary>
    private int FrameAt(ReadOnlySpan<byte> view)
    {
        var length = MpegAudioFrame.Length(view);
        if (length < 4 || length > view.Length)
            return 0;
        var next = view[length..];
        return (_inStep && MpegAudioFrame.IsAlike(_last, view))
            || next.Length < 4
            || (MpegAudioFrame.Length(next) > 0 && MpegAudioFrame.IsAlike(view, next))
            || TagLength(next) > 0
                ? length
                : 0;
    }

    /// <summary>The length of the tag here; 0 if there is none.</summary>
    private static long TagLength(ReadOnlySpan<byte> view)
    {
        if (view[0] is not ((byte)'I' or (byte)'T' or (byte)'A'))
            return 0;
        if (view.StartsWith("TAG"u8))
            return Id3v1Bytes;
        if (view.Length >= ApeBytes && view.StartsWith("APETAGEX"u8))
        {
            // An APE tag has a header and a footer with the same fields; the size covers the items between them and the footer.
            var isHeader = (view[23] & 0x20) != 0;
            return ApeBytes + (isHeader ? BinaryPrimitives.ReadUInt32LittleEndian(view[12..]) : 0L);
        }
        return AudioSniffer.Id3Length(view);
    }
}
