using System.Globalization;

namespace SpeechEmotion.Bench;

/// <summary>
/// A clip with padding before and after it, deterministic. Kinds: <c>plain</c>; <c>before_5</c>, <c>after_5</c>,
/// <c>both_5</c> (seconds of digital silence); with <c>_room60</c> pink-like noise of -60 dBFS over the whole clip; with
/// <c>_music</c> chords instead of the silence.
/// </summary>
internal static class PaddedClip
{
    private const int Rate = 16000;

    private static readonly double[] Scale = [220, 247, 262, 294, 330, 349, 392, 440];

    /// <summary>Pads a clip.</summary>
    /// <param name="clip">The clip at 16 kHz.</param>
    /// <param name="kind">The kind of padding.</param>
    public static float[] Make(float[] clip, string kind)
    {
        var parts = kind.Split('_');
        var seconds = parts.Length > 1 ? double.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var lead = parts[0] is "before" or "both" ? (int)(seconds * Rate) : 0;
        var tail = parts[0] is "after" or "both" ? (int)(seconds * Rate) : 0;
        var made = new float[lead + clip.Length + tail];
        clip.CopyTo(made, lead);
        var random = new Random(clip.Length);
        if (parts is [_, _, "music"])
        {
            AddMusic(made.AsSpan(0, lead), random);
            AddMusic(made.AsSpan(lead + clip.Length), random);
        }
        else if (parts is [_, _, var room])
            AddRoom(made, double.Parse(room.AsSpan("room".Length), CultureInfo.InvariantCulture), random);
        return made;
    }

    /// <summary>Adds white noise through a one-pole filter, <paramref name="level"/> dB below full scale.</summary>
    private static void AddRoom(float[] samples, double level, Random random)
    {
        var noise = new double[samples.Length];
        var state = 0.0;
        for (var i = 0; i < noise.Length; i++)
            noise[i] = state = (0.9 * state) + (random.NextDouble() - 0.5);
        var scale = Math.Pow(10, -level / 20) / Math.Sqrt(noise.Average(value => value * value));
        for (var i = 0; i < samples.Length; i++)
            samples[i] += (float)(scale * noise[i]);
    }

    /// <summary>Adds a chord of plucked strings every half second.</summary>
    private static void AddMusic(Span<float> samples, Random random)
    {
        for (var start = 0; start < samples.Length; start += Rate / 2)
        {
            var root = Scale[random.Next(Scale.Length)];
            var chord = samples[start..Math.Min(samples.Length, start + (Rate / 2))];
            foreach (var tone in (double[])[root / 2, root, root * 1.26, root * 1.5])
            {
                for (var i = 0; i < chord.Length; i++)
                {
                    var time = (double)i / Rate;
                    var value = Enumerable.Range(1, 5).Sum(harmonic => Math.Sin(2 * Math.PI * tone * harmonic * time) / harmonic);
                    chord[i] += (float)(0.03 * value * Math.Exp(-3 * time));
                }
            }
        }
    }
}
