using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs;

/// <summary>A recognition in its output folder.</summary>
/// <param name="Folder">The path of the folder.</param>
/// <param name="Recognition">The result as stored in the folder: its provenance names the processed audio.</param>
public sealed record SavedRecognition(string Folder, Recognition Recognition);
