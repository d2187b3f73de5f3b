using SpeechEmotion.Errors;

namespace SpeechEmotion.Results;

/// <summary>The outcome of one recording among many: a recognition or an error, never both.</summary>
/// <param name="Name">The name that the input gave the recording: the path of a file.</param>
/// <param name="Recognition">The result; null if the recognition failed.</param>
/// <param name="Folder">Path of its output folder; null if none was written.</param>
/// <param name="Error">The error; null if the recognition succeeded.</param>
public sealed record FileRecognition(string Name, Recognition? Recognition, string? Folder, SpeechEmotionException? Error);
