using SpeechEmotion.Audio.SndFile;

namespace SpeechEmotion.Audio.Ffmpeg;

/// <summary>The external decoders that are installed on this machine.</summary>
/// <param name="SndFile">Whether libsndfile is installed.</param>
/// <param name="Ffmpeg">The full path of the ffmpeg program; null if it is not installed.</param>
/// <param name="Ffprobe">The full path of the ffprobe program; null if it is not installed.</param>
internal sealed record DecoderTools(bool SndFile, string? Ffmpeg, string? Ffprobe)
{
    /// <summary>The decoders that are installed now; each call looks up the programs, so that installing them needs no restart.</summary>
    public static DecoderTools Installed
    {
        get
        {
            var searchPath = Environment.GetEnvironmentVariable("PATH") ?? "";
            return new(SndFileLibrary.IsInstalled, Find("ffmpeg", searchPath), Find("ffprobe", searchPath));
        }
    }

    /// <summary>Finds a program in a search path such as the PATH variable; null if no folder contains it.</summary>
    public static string? Find(string program, string searchPath)
    {
        var file = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            // A relative entry would run a program from the current folder.
            .Where(Path.IsPathRooted)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }
}
