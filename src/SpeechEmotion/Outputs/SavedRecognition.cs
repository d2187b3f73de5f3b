using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs;

/// <summary>A recognition in its output folder.</summary>
/// <param name="Folder">Path of the folder.</param>
/// <param name="Recognition">The result as the folder has it: its provenance names the processed audio.</param>
public sealed record SavedRecognition(string Folder, Recognition Recognition);
