using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Models;

/// <summary>The activation of a model: the server is loading it as the default model, or could not load it.</summary>
/// <param name="State">State of the activation.</param>
/// <param name="Progress">Finished share of the model's import, 0 to 1; null if no import is running.</param>
/// <param name="Error">The reason why the activation failed; null while the model is being loaded.</param>
public sealed record ActivationResource(ActivationState State, double? Progress, ErrorResource? Error)
{
    internal static ActivationResource Of(ModelActivation activation, string language) => new(
        activation.IsRunning ? ActivationState.Loading : ActivationState.Failed, activation.Progress,
        activation.Error is { } error ? new(error.Code, error.TextIn(language)) : null);
}
