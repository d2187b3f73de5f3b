namespace SpeechEmotion.Audio.Files;

/// <summary>
/// The usual file name extensions of recordings. The name does not decide the format: it filters a file chooser, and it marks the
/// files of a folder that users expect to be recordings.
/// </summary>
internal static class RecordingExtensions
{
    /// <summary>The extensions in lower case, each with its dot.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        ".wav", ".wave", ".w64", ".rf64", ".bwf", ".flac", ".mp3", ".mp2", ".mpga", ".ogg", ".oga", ".ogv", ".opus", ".spx",
        ".aif", ".aiff", ".aifc", ".au", ".snd", ".caf", ".m4a", ".m4b", ".m4r", ".m4v", ".mp4", ".mov", ".qt", ".3gp", ".3g2",
        ".aac", ".latm",
        ".wma", ".wmv", ".asf", ".amr", ".awb", ".webm", ".weba", ".mkv", ".mka", ".ac3", ".eac3", ".dts", ".avi", ".flv",
        ".mpg", ".mpeg", ".vob", ".m2ts", ".mts", ".wv", ".ape", ".tta", ".tak", ".mpc", ".sph", ".nist", ".voc", ".rm", ".ra",
    ];

    private static readonly HashSet<string> Known = new(All, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file name ends with one of the extensions.</summary>
    public static bool Fit(ReadOnlySpan<char> name) => Known.GetAlternateLookup<ReadOnlySpan<char>>().Contains(Path.GetExtension(name));
}
