using SpeechEmotion.Outputs;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>Recordings to send to the server.</summary>
internal static class Recordings
{
    /// <summary>4.7 s of speech: 16 kHz, mono.</summary>
    public static string SpeechPath { get; } = Path.Combine(Repository.Golden("emotion2vec"), "audio", "speech.wav");

    public static byte[] Speech { get; } = File.ReadAllBytes(SpeechPath);

    /// <summary>Noise as a WAV file.</summary>
    public static byte[] Noise(double seconds)
    {
        using var folder = new TemporaryFolder();
        using (var writer = new WavWriter(folder.File("noise.wav")))
        {
            writer.Write(Some.Noise(seconds));
            writer.Finish();
        }
        return File.ReadAllBytes(folder.File("noise.wav"));
    }

    /// <summary>The samples of <see cref="Speech"/>.</summary>
    public static ReadOnlySpan<short> SpeechSamples => SamplesOf(Speech);

    /// <summary>The samples of a 16-bit WAV file whose last chunk is the data.</summary>
    public static short[] SamplesOf(string path) => SamplesOf(File.ReadAllBytes(path)).ToArray();

    /// <summary>The speech repeated, with silence after each repetition.</summary>
    public static short[] Talk(int times, double silence = 1.5)
    {
        var each = new short[SpeechSamples.Length + (int)(silence * 16000)];
        SpeechSamples.CopyTo(each);
        return [.. Enumerable.Repeat(each, times).SelectMany(samples => samples)];
    }

    private static ReadOnlySpan<short> SamplesOf(byte[] wav) =>
        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(wav.AsSpan(wav.AsSpan().IndexOf("data"u8) + 8));

    /// <summary>Interleaved samples as a 16-bit WAV file.</summary>
    public static byte[] Wav(ReadOnlySpan<short> samples, int rate = 16000, int channels = 1)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write("RIFF"u8);
        writer.Write(36 + (samples.Length * 2));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)channels);
        writer.Write(rate);
        writer.Write(rate * 2 * channels);
        writer.Write((short)(2 * channels));
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(samples.Length * 2);
        writer.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(samples));
        writer.Flush();
        return bytes.ToArray();
    }
}
