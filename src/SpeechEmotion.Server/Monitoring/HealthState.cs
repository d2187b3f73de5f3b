namespace SpeechEmotion.Server.Monitoring;

/// <summary>Whether a server can do its work.</summary>
public enum HealthState
{
    /// <summary>It can do all.</summary>
    Healthy,

    /// <summary>It answers, but something is missing, or work stands still.</summary>
    Degraded,

    /// <summary>It cannot accept recordings: its model is not loaded, or its database cannot be written.</summary>
    Unready,
}
