namespace SpeechEmotion.Audio.Resampling;

/// <summary>
/// The filter's coefficients, one short run per phase: only the taps inside the window, since all others are zero.
/// At most 16000 phases of 292 taps (19 MB, at 383999 Hz); 21 kB at 44.1 kHz.
/// </summary>
internal sealed class ResamplerKernel
{
    private const int ZeroCrossings = 6;
    private const double Rolloff = 0.99;

    private readonly float[] _taps;

    public ResamplerKernel(int sourceRate, int targetRate)
    {
        var divisor = GreatestCommonDivisor(sourceRate, targetRate);
        SourceStep = sourceRate / divisor;
        Phases = targetRate / divisor;
        Starts = new int[Phases];
        if (SourceStep == Phases)
        {
            // Equal rates: samples pass unchanged, bypassing the low-pass filter.
            (Taps, _taps) = (1, [1f]);
            return;
        }

        var cutoff = Math.Min(SourceStep, Phases) * Rolloff;
        var reach = ZeroCrossings * SourceStep / cutoff;
        Taps = (int)Math.Floor(2 * reach) + 1;
        _taps = new float[Phases * Taps];
        for (var phase = 0; phase < Phases; phase++)
            Fill(phase, cutoff, reach);
        Lead = Math.Max(0, -Starts[0]);
    }

    /// <summary>The number of input samples per cycle of phases.</summary>
    public int SourceStep { get; }

    /// <summary>The number of output samples per <see cref="SourceStep"/> input samples.</summary>
    public int Phases { get; }

    /// <summary>The number of coefficients per phase.</summary>
    public int Taps { get; }

    /// <summary>The number of samples that the first output needs before the first input sample.</summary>
    public int Lead { get; }

    /// <summary>For each phase, the position of its first tap relative to the cycle's first input sample; never decreasing.</summary>
    public int[] Starts { get; }

    public ReadOnlySpan<float> Phase(int phase) => _taps.AsSpan(phase * Taps, Taps);

    private void Fill(int phase, double cutoff, double reach)
    {
        // The reference divides in float32 here; the rest is float64. A comparison with a tolerance of 1e-6 detects that rounding.
        double offset = (float)phase / Phases;
        Starts[phase] = (int)Math.Ceiling((offset * SourceStep) - reach);
        for (var tap = 0; tap < Taps; tap++)
        {
            var position = (double)(Starts[phase] + tap) / SourceStep;
            var t = Math.Clamp((position - offset) * cutoff, -ZeroCrossings, ZeroCrossings);
            var window = Math.Cos(t * Math.PI / ZeroCrossings / 2);
            var sinc = t == 0 ? 1 : Math.Sin(t * Math.PI) / (t * Math.PI);
            _taps[(phase * Taps) + tap] = (float)(sinc * (window * window * (cutoff / SourceStep)));
        }
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
