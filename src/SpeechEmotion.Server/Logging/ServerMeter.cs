namespace SpeechEmotion.Server.Logging;

/// <summary>The meter of the server's own metrics.</summary>
internal static class ServerMeter
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "SpeechEmotion.Server";
}
