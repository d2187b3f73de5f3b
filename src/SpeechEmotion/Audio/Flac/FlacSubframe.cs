namespace SpeechEmotion.Audio.Flac;

/// <summary>Decodes one channel of a FLAC frame.</summary>
internal static class FlacSubframe
{
    private const int LongestShift = 15;

    /// <summary>Decodes samples until <paramref name="samples"/> is full.</summary>
    /// <param name="bits">The bits, at the start of the subframe.</param>
    /// <param name="size">The bits per sample, 4 to 33.</param>
    /// <param name="samples">The buffer for the integer samples.</param>
    /// <returns>False if the subframe is damaged or extends beyond the bytes.</returns>
    public static bool TryDecode(ref FlacBits bits, int size, Span<long> samples)
    {
        if (bits.Read(1) != 0)
            return false;
        var type = (int)bits.Read(6);
        var wasted = bits.Read(1) == 1 ? bits.ReadUnary() + 1 : 0;
        size -= wasted;
        if (size < 1 || !TryDecode(ref bits, type, size, samples) || bits.IsOverrun)
            return false;
        if (wasted > 0)
        {
            foreach (ref var sample in samples)
                sample <<= wasted;
        }
        return true;
    }

    private static bool TryDecode(ref FlacBits bits, int type, int size, Span<long> samples)
    {
        switch (type)
        {
            case 0:
                samples.Fill(bits.ReadSigned(size));
                return true;
            case 1:
                ReadPlain(ref bits, size, samples);
                return true;
            case >= 8 and <= 12:
                return TryFixed(ref bits, type - 8, size, samples);
            case >= 32:
                return TryLinear(ref bits, type - 31, size, samples);
            default:
                return false;
        }
    }

    private static void ReadPlain(ref FlacBits bits, int size, Span<long> samples)
    {
        foreach (ref var sample in samples)
            sample = bits.ReadSigned(size);
    }

    private static bool TryFixed(ref FlacBits bits, int order, int size, Span<long> samples)
    {
        if (order > samples.Length)
            return false;
        ReadPlain(ref bits, size, samples[..order]);
        if (!TryResidual(ref bits, order, samples))
            return false;
        // Each order extrapolates the next sample from the polynomial through the last ones.
        for (var i = order; i < samples.Length; i++)
        {
            samples[i] += order switch
            {
                0 => 0,
                1 => samples[i - 1],
                2 => (2 * samples[i - 1]) - samples[i - 2],
                3 => (3 * (samples[i - 1] - samples[i - 2])) + samples[i - 3],
                _ => (4 * (samples[i - 1] + samples[i - 3])) - (6 * samples[i - 2]) - samples[i - 4],
            };
        }
        return true;
    }

    private static bool TryLinear(ref FlacBits bits, int order, int size, Span<long> samples)
    {
        if (order > samples.Length)
            return false;
        ReadPlain(ref bits, size, samples[..order]);
        var precision = (int)bits.Read(4) + 1;
        var shift = (int)bits.ReadSigned(5);
        if (precision == 16 || shift is < 0 or > LongestShift)
            return false;
        // In chronological order, so that a prediction is one dot product.
        Span<long> coefficients = stackalloc long[order];
        for (var i = order - 1; i >= 0; i--)
            coefficients[i] = bits.ReadSigned(precision);
        if (!TryResidual(ref bits, order, samples))
            return false;
        for (var i = order; i < samples.Length; i++)
        {
            var past = samples.Slice(i - order, order);
            long sum = 0;
            for (var k = 0; k < past.Length; k++)
                sum += coefficients[k] * past[k];
            samples[i] += sum >> shift;
        }
        return true;
    }

    private static bool TryResidual(ref FlacBits bits, int order, Span<long> samples)
    {
        var method = (int)bits.Read(2);
        var partitions = 1 << (int)bits.Read(4);
        if (method > 1 || samples.Length % partitions != 0 || samples.Length / partitions < order)
            return false;
        var (parameterBits, escape) = method == 0 ? (4, 15) : (5, 31);
        var start = order;
        for (var partition = 1; partition <= partitions; partition++)
        {
            var end = samples.Length / partitions * partition;
            var parameter = (int)bits.Read(parameterBits);
            if (parameter == escape)
                ReadPlain(ref bits, (int)bits.Read(5), samples[start..end]);
            else
                ReadRice(ref bits, parameter, samples[start..end]);
            if (bits.IsOverrun)
                return false;
            start = end;
        }
        return true;
    }

    private static void ReadRice(ref FlacBits bits, int parameter, Span<long> residual)
    {
        foreach (ref var value in residual)
        {
            var folded = ((ulong)bits.ReadUnary() << parameter) | bits.Read(parameter);
            value = (long)(folded >> 1) ^ -(long)(folded & 1);
            if (bits.IsOverrun)
                return;
        }
    }
}
