using System.Buffers.Binary;

namespace SpeechEmotion.Audio.Wav;

/// <summary>One block of IMA ADPCM as stored in WAV (RFC 2361, tag 0x11): a seed per channel, then four bits per sample.</summary>
internal static class ImaAdpcmBlock
{
    private static readonly int[] Steps =
    [
        7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118, 130,
        143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282,
        1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493,
        10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767,
    ];

    private static readonly int[] StepChanges = [-1, -1, -1, -1, 2, 4, 6, 8];

    /// <summary>The number of frames in a block of this length in bytes; 0 if not even the seed fits.</summary>
    public static int Frames(int bytes, int channels) =>
        bytes < 4 * channels ? 0 : 1 + (8 * ((bytes - (4 * channels)) / (4 * channels)));

    /// <summary>Decodes a block.</summary>
    /// <param name="block">The whole block, or its start.</param>
    /// <param name="channels">The number of channels, at least 1.</param>
    /// <param name="samples">The buffer for the interleaved samples, sized by <see cref="Frames"/>.</param>
    public static void Decode(ReadOnlySpan<byte> block, int channels, Span<float> samples)
    {
        var groups = (Frames(block.Length, channels) - 1) / 8;
        for (var c = 0; c < channels; c++)
        {
            int value = BinaryPrimitives.ReadInt16LittleEndian(block[(4 * c)..]);
            var step = Math.Min((int)block[(4 * c) + 2], Steps.Length - 1);
            samples[c] = value / 32768f;
            for (var group = 0; group < groups; group++)
            {
                // Eight samples of one channel, low bits first, then eight of the next.
                var codes = BinaryPrimitives.ReadUInt32LittleEndian(block[(4 * channels * (group + 1) + (4 * c))..]);
                for (var i = 0; i < 8; i++, codes >>= 4)
                {
                    value = Next(value, ref step, (int)(codes & 15));
                    samples[(1 + (8 * group) + i) * channels + c] = value / 32768f;
                }
            }
        }
    }

    private static int Next(int value, ref int step, int code)
    {
        var size = Steps[step];
        var change = (size >> 3) + ((code & 4) != 0 ? size : 0) + ((code & 2) != 0 ? size >> 1 : 0) + ((code & 1) != 0 ? size >> 2 : 0);
        step = Math.Clamp(step + StepChanges[code & 7], 0, Steps.Length - 1);
        return Math.Clamp((code & 8) != 0 ? value - change : value + change, short.MinValue, short.MaxValue);
    }
}
