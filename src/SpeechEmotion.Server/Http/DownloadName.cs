namespace SpeechEmotion.Server.Http;

/// <summary>The name under which a browser saves a file of a recognition.</summary>
internal static class DownloadName
{
    /// <summary>Returns the name of the file after that of its recording, for example <c>call_timeline.csv</c>.</summary>
    /// <param name="recording">The recording's file name, cleaned.</param>
    /// <param name="file">The name of the file.</param>
    public static string Of(string recording, string file) => $"{Path.GetFileNameWithoutExtension(recording)}_{file}";
}
