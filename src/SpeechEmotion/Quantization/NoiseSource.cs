namespace SpeechEmotion.Quantization;

/// <summary>Pseudo-random numbers that are the same on every machine: SplitMix64 (Steele et al. 2014).</summary>
internal sealed class NoiseSource(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number between <paramref name="least"/> and <paramref name="most"/>, uniformly distributed.</summary>
    public float Between(float least, float most) => least + ((most - least) * Next());

    /// <summary>A number whose logarithm is uniformly distributed.</summary>
    public float BetweenRatios(float least, float most) => least * MathF.Pow(most / least, Next());

    /// <summary>An integer below <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(Next() * count);

    /// <summary>Noise around 0 with standard deviation 1, approximately normal.</summary>
    public float Normal() => (Next() + Next() + Next() + Next() - 2) * 1.7320508f;

    private float Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 40) * (1f / (1 << 24));
    }
}
