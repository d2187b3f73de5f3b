namespace SpeechEmotion.Models;

/// <summary>A model on this machine.</summary>
/// <param name="Id">The name.</param>
/// <param name="Place">The place where it was found.</param>
/// <param name="Directory">The full path of its folder.</param>
/// <param name="Manifest">The manifest; null if the model is not imported yet.</param>
public sealed record FoundModel(string Id, ModelPlace Place, string Directory, ModelManifest? Manifest);
