namespace SpeechEmotion.Server.Http;

/// <summary>Times of the database as clients see them.</summary>
internal static class LocalTime
{
    /// <summary>Returns a time in the time zone of the server.</summary>
    /// <param name="milliseconds">The time in milliseconds since 1970.</param>
    public static DateTimeOffset Of(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToLocalTime();
}
