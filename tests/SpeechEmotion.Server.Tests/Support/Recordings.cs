using SpeechEmotion.Outputs;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>Recordings that are sent to the server.</summary>
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
}
