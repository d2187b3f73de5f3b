namespace SpeechEmotion.Server.Logging;

/// <summary>The meter of the server's own metrics.</summary>
internal static class ServerMeter
{
    /// <summary>Its name.</summary>
    public const string Name = "SpeechEmotion.Server";
}
