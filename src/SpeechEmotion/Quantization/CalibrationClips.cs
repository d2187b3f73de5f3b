using SpeechEmotion.Audio;
using SpeechEmotion.Errors;
using SpeechEmotion.Results;

namespace SpeechEmotion.Quantization;

/// <summary>What both precisions of a model hear: 16 kHz waveforms of 0.5-15 s.</summary>
internal static class CalibrationClips
{
    /// <summary>How many there are without the user's own.</summary>
    public const int MadeUpCount = 200;

    /// <summary>Of a folder of the user's so many recordings are heard at most.</summary>
    public const int MostOwn = 500;

    private const int Rate = SampleRate.Hz;

    private const double Shortest = 0.5, Longest = 15;

    /// <summary>The same made-up clips every time: eight of ten speech in noise of all strengths, the others noise and hum.</summary>
    public static IEnumerable<float[]> MadeUp() => Enumerable.Range(0, MadeUpCount).Select(MadeUp);

    /// <summary>One of them.</summary>
    public static float[] MadeUp(int index)
    {
        var chance = new NoiseSource((ulong)index + 1);
        // Spread evenly in the logarithm; 73 has no factor in common with the number of clips, so kinds and lengths mix.
        var share = (double)(index * 73 % MadeUpCount) / (MadeUpCount - 1);
        var clip = new float[(int)(Rate * Shortest * Math.Pow(Longest / Shortest, share))];
        var kind = index % 10;
        if (kind < 8)
            new SyntheticSpeech(chance).Speak(clip.Length).CopyTo(clip, 0);
        else if (kind == 8)
            Hum(clip, chance);
        AddNoise(clip, kind == 9 ? 0 : chance.BetweenRatios(0.0003f, 0.3f), chance);
        var level = chance.BetweenRatios(0.02f, 0.9f);
        for (var i = 0; i < clip.Length; i++)
            clip[i] *= level;
        return clip;
    }

    /// <summary>The files of a folder of the user's, in order; what is no recording among them is passed over later.</summary>
    /// <exception cref="AudioException"><c>audio.not_found</c>: there is no such folder, or nothing in it.</exception>
    public static IReadOnlyList<string> OwnFiles(string folder)
    {
        string[] files = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(MostOwn)]
            : [];
        return files.Length > 0 ? files : throw NoRecordings(folder);
    }

    /// <summary>There is nothing in a folder that can be heard.</summary>
    public static AudioException NoRecordings(string folder) => new(
        "audio.not_found", $"There are no recordings of 0.5 s or more in {folder}. Name a folder with some.",
        $"{folder} 中没有 0.5 秒以上的录音。请指定有录音的文件夹。");

    /// <summary>The first 15 s of a recording; null where it cannot be read or is shorter than 0.5 s.</summary>
    public static float[]? Own(string path, CancellationToken ct)
    {
        try
        {
            using var waveform = new WaveformReader(AudioFile.Open(path, null, ct));
            var clip = new float[(int)(Longest * Rate)];
            var count = waveform.Read(clip);
            return count >= Shortest * Rate ? clip[..count] : null;
        }
        catch (AudioException)
        {
            return null;
        }
    }

    private static void Hum(float[] clip, NoiseSource chance)
    {
        var (frequency, overtones) = (chance.BetweenRatios(50, 1500), 1 + chance.Below(8));
        for (var i = 0; i < clip.Length; i++)
        {
            for (var k = 1; k <= overtones; k++)
                clip[i] += MathF.Sin((float)(2 * Math.PI * frequency * k * i / Rate % (2 * Math.PI))) / (k * overtones);
        }
    }

    /// <summary>Noise between white and brown; as the sound itself where there is none (strength 0).</summary>
    private static void AddNoise(float[] clip, float strength, NoiseSource chance)
    {
        var (colour, noise) = (chance.Between(0, 0.98f), 0f);
        var gain = (strength == 0 ? 0.3f : strength) * MathF.Sqrt(1 - (colour * colour));
        for (var i = 0; i < clip.Length; i++)
        {
            noise = (colour * noise) + chance.Normal();
            clip[i] += gain * noise;
        }
    }
}
