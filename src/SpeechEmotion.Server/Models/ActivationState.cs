namespace SpeechEmotion.Server.Models;

/// <summary>Progress of a change of the default model.</summary>
public enum ActivationState
{
    /// <summary>The server loads the model.</summary>
    Loading,

    /// <summary>The server could not load the model; the earlier one stays the default.</summary>
    Failed,
}
