using System.Text.Json;

namespace SpeechEmotion.Server.Tests.Live;

/// <summary>Reads the messages of a live stream.</summary>
internal static class LiveMessages
{
    public static string Type(this JsonElement message) => message.GetProperty("type").GetString()!;

    public static string? Code(this JsonElement message) => message.GetProperty("code").GetString();

    public static JsonElement[] Of(this IEnumerable<JsonElement> messages, string type) =>
        [.. messages.Where(message => message.Type() == type)];

    /// <summary>Seconds of audio that a summary covers.</summary>
    public static double Seconds(this JsonElement summary)
    {
        var all = summary.GetProperty("timeline").GetProperty("summary");
        return all.GetProperty("speech").GetDouble() + all.GetProperty("silence").GetDouble();
    }
}
