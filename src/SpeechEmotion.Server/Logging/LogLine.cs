using System.Globalization;

namespace SpeechEmotion.Server.Logging;

/// <summary>A line of the log in the seed's form.</summary>
internal static class LogLine
{
    /// <summary>Formats a line, for example <c>[2024-01-04 22:30:05] INFO: Received audio file: a.mp3</c>.</summary>
    public static string Of(DateTimeOffset localTime, string level, string message) =>
        $"[{localTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}] {level}: {message}";
}
