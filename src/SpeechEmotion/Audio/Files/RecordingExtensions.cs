namespace SpeechEmotion.Audio.Files;

/// <summary>
/// How files are usually named that hold recordings. A name decides nothing about the format: it shows a file chooser what to
/// offer, and which files of a folder their owner takes for recordings.
/// </summary>
internal static class RecordingExtensions
{
    /// <summary>Lower case, each with its dot.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        ".wav", ".wave", ".w64", ".rf64", ".bwf", ".flac", ".mp3", ".mp2", ".mpga", ".ogg", ".oga", ".ogv", ".opus", ".spx",
        ".aif", ".aiff", ".aifc", ".au", ".snd", ".caf", ".m4a", ".m4b", ".m4r", ".m4v", ".mp4", ".mov", ".qt", ".3gp", ".3g2", ".aac", ".latm",
        ".wma", ".wmv", ".asf", ".amr", ".awb", ".webm", ".weba", ".mkv", ".mka", ".ac3", ".eac3", ".dts", ".avi", ".flv",
        ".mpg", ".mpeg", ".vob", ".m2ts", ".mts", ".wv", ".ape", ".tta", ".tak", ".mpc", ".sph", ".nist", ".voc", ".rm", ".ra",
    ];

    private static readonly HashSet<string> Known = new(All, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file's name ends like a recording's.</summary>
    public static bool Fit(ReadOnlySpan<char> name) => Known.GetAlternateLookup<ReadOnlySpan<char>>().Contains(Path.GetExtension(name));
}
