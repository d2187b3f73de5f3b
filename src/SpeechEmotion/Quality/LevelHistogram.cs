namespace SpeechEmotion.Quality;

/// <summary>
/// The distribution of levels in a recording, in steps of 1 dB: enough to distinguish sound from pauses afterwards, in constant
/// memory.
/// </summary>
internal sealed class LevelHistogram
{
    private const int Floor = -120;
    private const int LoudestBlocks = 10;

    private readonly Bin[] _bins = new Bin[-Floor + 1];

    /// <summary>Adds a block of 20 ms.</summary>
    /// <param name="power">The mean square of its samples, without their mean.</param>
    /// <param name="highPower">The part of the power above 4.75 kHz.</param>
    public void Add(double power, double highPower)
    {
        // A block with samples that are not numbers counts as silence.
        if (!double.IsFinite(power + highPower))
            power = highPower = 0;
        ref var bin = ref _bins[(int)(Math.Min(0, Decibel(power)) - Floor)];
        bin.Blocks++;
        bin.Power += power;
        bin.HighPower += highPower;
    }

    /// <summary>Measures the blocks above the absolute and the relative gate.</summary>
    public SoundLevels Measure()
    {
        var loudest = Loudest();
        var gate = Math.Max((int)QualityThresholds.SilenceLevel, loudest - (int)QualityThresholds.SpeechRange);
        var sound = default(Bin);
        foreach (var bin in _bins.AsSpan(gate - Floor))
        {
            sound.Blocks += bin.Blocks;
            sound.Power += bin.Power;
            sound.HighPower += bin.HighPower;
        }
        return new(
            loudest,
            sound.Blocks,
            Decibel(sound.Blocks == 0 ? 0 : sound.Power / sound.Blocks),
            Decibel(sound.Power == 0 ? 0 : sound.HighPower / sound.Power));
    }

    /// <summary>The level that the loudest 0.2 s reach, or all blocks of a shorter recording, so that a click does not count.</summary>
    private int Loudest()
    {
        var wanted = Math.Min(LoudestBlocks, _bins.Sum(bin => bin.Blocks));
        var found = 0L;
        var level = _bins.Length;
        while (found < wanted)
            found += _bins[--level].Blocks;
        return wanted == 0 ? Floor : level + Floor;
    }

    private static double Decibel(double power) => Math.Max(Floor, 10 * Math.Log10(power));

    private record struct Bin(long Blocks, double Power, double HighPower);
}
