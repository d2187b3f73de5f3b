using SpeechEmotion.Audio;
using SpeechEmotion.Tests.Audio;

namespace SpeechEmotion.Tests.Support;

/// <summary>Sounds with speech from the repository, as 16 kHz samples, and combinations of them.</summary>
internal static class Sounds
{
    /// <summary>12.7 s: four stretches of synthetic speech with pauses.</summary>
    public static float[] Call { get; } = Read(Path.Combine(Repository.Golden("vad"), "call.wav"));

    /// <summary>15.5 s: a word and a long sentence over noise.</summary>
    public static float[] Announcement { get; } = Read(Path.Combine(Repository.Golden("vad"), "announcement.wav"));

    /// <summary>4.8 s: noise and a tone, no speech.</summary>
    public static float[] Noise { get; } = Read(Path.Combine(Repository.Golden("vad"), "noise.wav"));

    /// <summary>4.7 s of speech.</summary>
    public static float[] Sentence { get; } = Read(Path.Combine(Repository.Golden("emotion2vec"), "audio", "speech.wav"));

    /// <summary>37 s: all sounds with speech, separated by silence.</summary>
    public static float[] Conversation { get; } =
        Join(Silence(0.5), Call, Silence(1), Announcement, Silence(1.3), Sentence, Silence(1.2));

    /// <summary>Returns speech without a pause: the sentence of the announcement, repeated.</summary>
    public static float[] WithoutPause(double seconds)
    {
        var sentence = Announcement[20000..236000];
        var samples = new float[(int)(seconds * Some.Rate)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = sentence[i % sentence.Length];
        return samples;
    }

    public static float[] Silence(double seconds) => new float[(int)(seconds * Some.Rate)];

    public static float[] Join(params float[][] sounds) => [.. sounds.SelectMany(sound => sound)];

    /// <summary>Interleaves two channels; the shorter one ends in silence.</summary>
    public static float[] Stereo(float[] left, float[] right)
    {
        var samples = new float[2 * Math.Max(left.Length, right.Length)];
        for (var i = 0; i < samples.Length; i++)
        {
            var channel = i % 2 == 0 ? left : right;
            samples[i] = i / 2 < channel.Length ? channel[i / 2] : 0;
        }
        return samples;
    }

    /// <summary>Splits samples into blocks of one size; the last one may be shorter.</summary>
    public static IEnumerable<ReadOnlyMemory<float>> InBlocks(float[] samples, int block)
    {
        for (var i = 0; i < samples.Length; i += block)
            yield return samples.AsMemory(i, Math.Min(block, samples.Length - i));
    }

    public static float[] Read(string path)
    {
        using var reader = new WaveformReader(AudioFile.Open(path));
        return reader.ReadAll();
    }
}
