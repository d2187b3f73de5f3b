namespace SpeechEmotion.Server.Engine;

/// <summary>The state of the server's model.</summary>
public enum ModelState
{
    /// <summary>The model is being imported, loaded or warmed up; recognitions wait.</summary>
    Loading,

    /// <summary>The model has completed its first inference.</summary>
    Ready,

    /// <summary>The model cannot be loaded.</summary>
    Failed,
}
