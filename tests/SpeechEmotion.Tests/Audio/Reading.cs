using System.Text.RegularExpressions;
using Shouldly;
using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Ffmpeg;
using SpeechEmotion.Errors;
using Xunit;

namespace SpeechEmotion.Tests.Audio;

/// <summary>Reads whole recordings, for tests only.</summary>
internal static class Reading
{
    /// <summary>A long decoder timeout: on a busy machine a decoder may be silent for longer than a user would wait.</summary>
    private static readonly AudioLimits Patient = new() { DecoderTimeout = TimeSpan.FromMinutes(5) };

    public static float[] ReadAll(this IAudioReader reader, int blockFrames = 1000)
    {
        var all = new List<float>();
        var block = new float[blockFrames * reader.Format.Channels];
        for (int read; (read = reader.Read(block)) > 0;)
        {
            (read % reader.Format.Channels).ShouldBe(0);
            all.AddRange(block.AsSpan(0, read));
        }
        return [.. all];
    }

    public static float[] ReadAll(this WaveformReader reader, int block = 777)
    {
        var all = new List<float>();
        var buffer = new float[block];
        for (int read; (read = reader.Read(buffer)) > 0;)
            all.AddRange(buffer.AsSpan(0, read));
        return [.. all];
    }

    public static float[] File(string path)
    {
        using var reader = AudioFile.Open(path, Patient, ct: TestContext.Current.CancellationToken);
        return reader.ReadAll();
    }

    /// <summary>Returns the error code; null if the whole recording was read. Any other exception fails the test.</summary>
    public static string? Failure(string path, AudioLimits? limits = null, DecoderTools? tools = null)
    {
        try
        {
            using var reader = AudioFile.Open(
                path, limits ?? Patient, tools ?? DecoderTools.Installed, TestContext.Current.CancellationToken);
            reader.ReadAll();
            return null;
        }
        catch (AudioException e)
        {
            e.Message.ShouldNotBeEmpty();
            e.MessageZh.ShouldNotBeEmpty();
            if (e.Code == "audio.damaged")
                WithoutQuotations(e.MessageZh).ShouldNotMatch("[A-Za-z]{2,} [a-z]{2,}");
            return e.Code;
        }
    }

    /// <summary>Removes the recording's name and the decoder's own message, which is not translated.</summary>
    private static string WithoutQuotations(string message) => Regex.Replace(message, "“.*?”|(?<=(ffmpeg|ffprobe|libsndfile)：)[^。]*", "");

    /// <summary>Returns the signal-to-error ratio in dB at the best alignment within <paramref name="maxShift"/> samples.</summary>
    public static double SignalToNoise(float[] expected, float[] actual, int maxShift)
    {
        var best = double.NegativeInfinity;
        for (var shift = -maxShift; shift <= maxShift; shift++)
        {
            double signal = 0, noise = 0;
            for (var i = maxShift; i < expected.Length - maxShift && i + shift < actual.Length; i++)
            {
                var error = expected[i] - actual[i + shift];
                signal += expected[i] * expected[i];
                noise += error * error;
            }
            best = Math.Max(best, 10 * Math.Log10(signal / Math.Max(noise, 1e-20)));
        }
        return best;
    }
}
