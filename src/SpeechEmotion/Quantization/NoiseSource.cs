namespace SpeechEmotion.Quantization;

/// <summary>Numbers by chance that are the same every time, everywhere: SplitMix64 (Steele et al. 2014).</summary>
internal sealed class NoiseSource(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Evenly from <paramref name="least"/> up to <paramref name="most"/>.</summary>
    public float Between(float least, float most) => least + ((most - least) * Next());

    /// <summary>Evenly in the logarithm.</summary>
    public float BetweenRatios(float least, float most) => least * MathF.Pow(most / least, Next());

    /// <summary>A whole number below <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(Next() * count);

    /// <summary>Noise around 0 with standard deviation 1, near enough to a normal one.</summary>
    public float Normal() => (Next() + Next() + Next() + Next() - 2) * 1.7320508f;

    private float Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 40) * (1f / (1 << 24));
    }
}
