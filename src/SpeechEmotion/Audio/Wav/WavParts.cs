using System.Buffers.Binary;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Audio.Wav;

/// <summary>Finds WAV files that follow another one in the same file, as in <c>cat</c> output.</summary>
internal sealed class WavParts
{
    private const int MaxChunks = 64;

    private readonly AudioInput _source;
    private readonly ByteWindow _bytes;
    private long _end;
    private AudioLoss? _loss;

    private WavParts(AudioInput source, ByteWindow bytes, long end) => (_source, _bytes, _end) = (source, bytes, end);

    /// <summary>Returns the first part itself if it is the only one, otherwise a reader of all parts.</summary>
    public static IAudioReader Join(WavReader first, AudioInput source)
    {
        var parts = new WavParts(source, new(source.OpenBytes()), first.End);
        if (parts.Find() is not null)
            return new JoinedReader(first, parts.Next, parts._bytes, duration: null, () => parts._loss);
        parts._bytes.Dispose();
        return first;
    }

    private WavReader? Next()
    {
        if (Find() is not { } position)
            return null;
        try
        {
            var part = WavReader.TryOpen(_source, position);
            if (part is not null)
                _end = part.End;
            else
                _loss = AudioLoss.Of(default, _bytes.Length - position);
            return part;
        }
        catch (AudioException)
        {
            _loss = AudioLoss.Of(default, _bytes.Length - position);
            return null;
        }
    }

    /// <summary>Finds the start of the next part; null if there is none.</summary>
    private long? Find()
    {
        // Chunks start at even offsets, but not every program pads them.
        foreach (var start in (long[])[_end, _end + (_end & 1)])
        {
            var position = start;
            for (var chunk = 0; chunk < MaxChunks; chunk++)
            {
                _bytes.MoveTo(position);
                var head = _bytes.View(12);
                if (head.Length < 12)
                    break;
                if (head.StartsWith("RIFF"u8) && head[8..].SequenceEqual("WAVE"u8))
                    return position;
                long size = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
                position += 8 + size + (size & 1);
            }
        }
        return null;
    }
}
