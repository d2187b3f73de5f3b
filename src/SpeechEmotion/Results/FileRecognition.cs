using SpeechEmotion.Errors;

namespace SpeechEmotion.Results;

/// <summary>The outcome of one recording among many: a recognition or an error, never both.</summary>
/// <param name="Name">The recording as its input names it: the path of a file.</param>
/// <param name="Recognition">The result; null if it failed.</param>
/// <param name="Folder">Path of its output folder; null if none was written.</param>
/// <param name="Error">Why it failed; null if it did not.</param>
public sealed record FileRecognition(string Name, Recognition? Recognition, string? Folder, SpeechEmotionException? Error);
