using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Models;

/// <summary>The activation of a model: the server is loading it as the default model, or could not load it.</summary>
/// <param name="Model">The name of the model.</param>
/// <param name="Progress">The finished share of its import, 0 to 1; null if no import is running.</param>
/// <param name="Error">The reason why the activation failed; null while the model is being loaded.</param>
public sealed record ModelActivation(string Model, double? Progress = null, SpeechEmotionException? Error = null)
{
    /// <summary>Whether the model is still being loaded.</summary>
    public bool IsRunning => Error is null;
}
