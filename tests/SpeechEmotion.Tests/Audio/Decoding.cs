using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Ffmpeg;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Audio;

/// <summary>Encodes with ffmpeg, and decodes with only the library's own decoders or with only ffmpeg.</summary>
internal static class Decoding
{
    private static readonly DecoderTools None = new(SndFile: false, Ffmpeg: null, Ffprobe: null);

    /// <summary>Encodes the test signal.</summary>
    public static string Encode(TemporaryFolder folder, string file, int rate, int channels, double seconds, params string[] options)
    {
        var original = TestSignal.WriteWav(folder.File($"{file}.original.wav"), rate, channels, seconds);
        Encoders.Ffmpeg(["-i", original, "-vn", .. options, folder.File(file)]);
        return folder.File(file);
    }

    /// <summary>Concatenates files.</summary>
    public static string Join(TemporaryFolder folder, string file, params string[] parts)
    {
        File.WriteAllBytes(folder.File(file), [.. parts.SelectMany(File.ReadAllBytes)]);
        return folder.File(file);
    }

    /// <summary>Opens a recording as on a machine without installed decoders.</summary>
    public static IAudioReader OpenAlone(string path) =>
        AudioFile.Open(path, AudioLimits.Default, None, TestContext.Current.CancellationToken);

    public static float[] ReadAlone(string path)
    {
        using var reader = OpenAlone(path);
        return reader.ReadAll();
    }

    /// <summary>
    /// Decodes a recording with ffmpeg, at the recording's own rate and channel count; Opus with the codec's reference library.
    /// </summary>
    public static float[] ReadByFfmpeg(TemporaryFolder folder, string path)
    {
        var raw = folder.File(Path.GetFileName(path) + ".f32");
        string[] decoder = path.EndsWith(".opus", StringComparison.Ordinal) ? ["-c:a", "libopus"] : [];
        Encoders.Ffmpeg([.. decoder, "-i", path, "-f", "f32le", raw]);
        var bytes = File.ReadAllBytes(raw);
        var samples = new float[bytes.Length / sizeof(float)];
        Buffer.BlockCopy(bytes, 0, samples, 0, bytes.Length);
        return samples;
    }
}
