namespace SpeechEmotion.Options;

/// <summary>One of many recordings to recognize.</summary>
/// <param name="Name">The path of the file, or any name for a stream.</param>
/// <param name="Open">Opens the stream; null for a file.</param>
public sealed record RecordingInput(string Name, Func<Stream>? Open = null);
