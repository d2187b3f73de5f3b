namespace SpeechEmotion.Models;

/// <summary>A model on this machine.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Place">Where it lies.</param>
/// <param name="Directory">Full path of its folder.</param>
/// <param name="Manifest">What is known of it; null where it is not imported yet.</param>
public sealed record FoundModel(string Id, ModelPlace Place, string Directory, ModelManifest? Manifest);
