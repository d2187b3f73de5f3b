using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Cluster;

/// <summary>A part of the installation.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Engine">What it is, for example <c>postgresql</c>.</param>
/// <param name="Failure">Why it cannot be used; null if it can.</param>
internal sealed record InstallationPart(PartKind Kind, string Engine, SpeechEmotionException? Failure);
