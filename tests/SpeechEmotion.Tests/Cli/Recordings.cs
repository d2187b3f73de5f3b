using System.Globalization;
using SpeechEmotion.Tests.Audio;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Cli;

/// <summary>Recordings and model folders for the program's command line.</summary>
internal static class Recordings
{
    /// <summary>4.7 s of speech: 16 kHz, mono.</summary>
    public static string Speech { get; } = Path.Combine(Repository.Golden("emotion2vec"), "audio", "speech.wav");

    /// <summary>Returns a small FunASR model folder.</summary>
    public static string Model(string name) => Path.Combine(Repository.Golden("emotion2vec"), "models", name);

    /// <summary>Copies the speech recording to a name in the folder.</summary>
    public static string Lay(this TemporaryFolder folder, string name)
    {
        var path = folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(Speech, path);
        return path;
    }

    /// <summary>Writes noise of any length as a small file: 8 kHz, mu-law.</summary>
    public static string LayNoise(this TemporaryFolder folder, string name, int seconds)
    {
        var path = folder.File(name);
        Encoders.Sox(
            "-n", "-r", "8000", "-e", "mu-law", "-c", "1", path, "synth", seconds.ToString(CultureInfo.InvariantCulture), "pinknoise");
        return path;
    }
}
