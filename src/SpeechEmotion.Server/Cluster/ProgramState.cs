namespace SpeechEmotion.Server.Cluster;

/// <summary>The state of a server or worker.</summary>
public enum ProgramState
{
    /// <summary>It takes work.</summary>
    Working,

    /// <summary>It takes no more work, and still processes some.</summary>
    Draining,

    /// <summary>It takes no more work, and has none: it can be stopped.</summary>
    Drained,

    /// <summary>It has not reported for half a minute: it crashed, or its machine or network did. Others continue its work.</summary>
    Silent,
}
