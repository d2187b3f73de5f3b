using SpeechEmotion.Audio;
using SpeechEmotion.Errors;
using SpeechEmotion.Results;

namespace SpeechEmotion.Quantization;

/// <summary>The clips on which both precisions of a model are compared: 16 kHz waveforms of 0.5-15 s.</summary>
internal static class CalibrationClips
{
    /// <summary>The number of synthetic clips.</summary>
    public const int SyntheticCount = 200;

    /// <summary>The most recordings that are used from the user's folder.</summary>
    public const int MostOwn = 500;

    private const int Rate = SampleRate.Hz;

    private const double Shortest = 0.5, Longest = 15;

    /// <summary>Synthetic clips, always the same: eight of ten speech in noise of all strengths, the others noise and hum.</summary>
    public static IEnumerable<float[]> Synthetic() => Enumerable.Range(0, SyntheticCount).Select(Synthetic);

    /// <summary>One of the synthetic clips.</summary>
    public static float[] Synthetic(int index)
    {
        var chance = new NoiseSource((ulong)index + 1);
        // Spread evenly on a logarithmic scale; 73 has no factor in common with the number of clips, so kinds and lengths mix.
        var share = (double)(index * 73 % SyntheticCount) / (SyntheticCount - 1);
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

    /// <summary>The files in the user's folder, in order; files that are not recordings are skipped later.</summary>
    /// <exception cref="AudioException"><c>audio.not_found</c>: the folder does not exist, or is empty.</exception>
    public static IReadOnlyList<string> OwnFiles(string folder)
    {
        string[] files = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(MostOwn)]
            : [];
        return files.Length > 0 ? files : throw NoRecordings(folder);
    }

    /// <summary>A folder contains no usable recording.</summary>
    public static AudioException NoRecordings(string folder) => new(
        "audio.not_found", $"There are no recordings of 0.5 s or more in {folder}. Name a folder with some.",
        $"{folder} 中没有 0.5 秒以上的录音。请指定有录音的文件夹。");

    /// <summary>Reads the first 15 s of a recording; null if it cannot be read or is shorter than 0.5 s.</summary>
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

    /// <summary>Adds noise between white and brown; with strength 0, it is the only sound.</summary>
    private static void AddNoise(float[] clip, float strength, NoiseSource chance)
    {
        var (color, noise) = (chance.Between(0, 0.98f), 0f);
        var gain = (strength == 0 ? 0.3f : strength) * MathF.Sqrt(1 - (color * color));
        for (var i = 0; i < clip.Length; i++)
        {
            noise = (color * noise) + chance.Normal();
            clip[i] += gain * noise;
        }
    }
}
