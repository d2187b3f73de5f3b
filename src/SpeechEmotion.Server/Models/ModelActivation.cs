using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Models;

/// <summary>A model that is to take the place of the server's own, or could not.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Progress">Share of its import that is done; null where none goes on.</param>
/// <param name="Error">Why it could not; null while it is being loaded.</param>
public sealed record ModelActivation(string Model, double? Progress = null, SpeechEmotionException? Error = null)
{
    /// <summary>Whether it is still being loaded.</summary>
    public bool IsRunning => Error is null;
}
