namespace SpeechEmotion.Server.Engine;

/// <summary>How far the server's model is.</summary>
public enum ModelState
{
    /// <summary>It is being imported, loaded or warmed up; recognitions wait.</summary>
    Loading,

    /// <summary>It has answered once.</summary>
    Ready,

    /// <summary>It cannot be loaded.</summary>
    Failed,
}
