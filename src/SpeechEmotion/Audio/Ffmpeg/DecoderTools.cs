using SpeechEmotion.Audio.SndFile;

namespace SpeechEmotion.Audio.Ffmpeg;

/// <summary>The decoders that are installed beside this library.</summary>
/// <param name="SndFile">Whether libsndfile is there.</param>
/// <param name="Ffmpeg">Full path of the ffmpeg program; null where it is not there.</param>
/// <param name="Ffprobe">Full path of the ffprobe program; null where it is not there.</param>
internal sealed record DecoderTools(bool SndFile, string? Ffmpeg, string? Ffprobe)
{
    /// <summary>What is installed now; the programs are looked up each time, so that installing them needs no restart.</summary>
    public static DecoderTools Installed
    {
        get
        {
            var searchPath = Environment.GetEnvironmentVariable("PATH") ?? "";
            return new(SndFileLibrary.IsInstalled, Find("ffmpeg", searchPath), Find("ffprobe", searchPath));
        }
    }

    /// <summary>Full path of a program in a search path like that of the environment; null where it is in none of the folders.</summary>
    public static string? Find(string program, string searchPath)
    {
        var file = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            // A relative entry would run whatever lies in the current folder.
            .Where(Path.IsPathRooted)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }
}
