using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Models;

/// <summary>A model that is to take the place of the one in use, or could not.</summary>
/// <param name="State">Loading or failed.</param>
/// <param name="Progress">Share of its import that is done; null where none goes on.</param>
/// <param name="Error">Why it could not; null while it is being loaded.</param>
public sealed record ActivationResource(ActivationState State, double? Progress, ErrorResource? Error)
{
    internal static ActivationResource Of(ModelActivation activation, string language) => new(
        activation.IsRunning ? ActivationState.Loading : ActivationState.Failed, activation.Progress,
        activation.Error is { } error ? new(error.Code, error.TextIn(language)) : null);
}
