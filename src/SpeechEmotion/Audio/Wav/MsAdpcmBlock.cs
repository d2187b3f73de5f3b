using System.Buffers.Binary;

namespace SpeechEmotion.Audio.Wav;

/// <summary>One block of Microsoft ADPCM (RFC 2361, tag 2): a seed per channel, then four bits per sample.</summary>
internal static class MsAdpcmBlock
{
    private static readonly int[] Adaptation = [230, 230, 230, 230, 307, 409, 512, 614, 768, 614, 512, 409, 307, 230, 230, 230];

    /// <summary>The number of frames in a block of this length in bytes; 0 if not even the seed fits.</summary>
    public static int Frames(int bytes, int channels) =>
        bytes < 7 * channels ? 0 : 2 + ((bytes - (7 * channels)) * 2 / channels);

    /// <summary>Decodes a block.</summary>
    /// <param name="block">The whole block, or its start.</param>
    /// <param name="coefficients">The predictor pairs of the file.</param>
    /// <param name="channels">The number of channels, 1 or 2.</param>
    /// <param name="samples">The buffer for the interleaved samples, sized by <see cref="Frames"/>.</param>
    /// <param name="name">The recording's name in error messages.</param>
    public static void Decode(ReadOnlySpan<byte> block, short[] coefficients, int channels, Span<float> samples, string name)
    {
        Span<Predictor> predictors = stackalloc Predictor[channels];
        for (var c = 0; c < channels; c++)
        {
            var pair = 2 * block[c];
            if (pair + 1 >= coefficients.Length)
                throw AudioErrors.Damaged(
                    name, "an ADPCM block uses a predictor that its header does not define", "ADPCM 块使用了文件头中没有的预测器");
            var seed = block[(channels + (2 * c))..];
            predictors[c] = new()
            {
                First = coefficients[pair],
                Second = coefficients[pair + 1],
                Step = BinaryPrimitives.ReadInt16LittleEndian(seed),
                Last = BinaryPrimitives.ReadInt16LittleEndian(seed[(2 * channels)..]),
                BeforeLast = BinaryPrimitives.ReadInt16LittleEndian(seed[(4 * channels)..]),
            };
            samples[c] = predictors[c].BeforeLast / 32768f;
            samples[channels + c] = predictors[c].Last / 32768f;
        }
        var codes = block[(7 * channels)..];
        var count = Frames(block.Length, channels) * channels;
        for (var i = 2 * channels; i < count; i++)
        {
            var nibble = i - (2 * channels);
            var code = nibble % 2 == 0 ? codes[nibble / 2] >> 4 : codes[nibble / 2] & 15;
            samples[i] = predictors[i % channels].Next(code) / 32768f;
        }
    }

    private struct Predictor
    {
        public int First, Second, Step, Last, BeforeLast;

        public int Next(int code)
        {
            var prediction = ((Last * First) + (BeforeLast * Second)) >> 8;
            var value = Math.Clamp(prediction + ((code >= 8 ? code - 16 : code) * Step), short.MinValue, short.MaxValue);
            Step = Math.Clamp((Adaptation[code] * Step) >> 8, 16, int.MaxValue / 768);
            (BeforeLast, Last) = (Last, value);
            return value;
        }
    }
}
