namespace SpeechEmotion.Server.Sources.Manifests;

/// <summary>One line of a text file, without its end.</summary>
/// <param name="Number">One-based position in the file.</param>
/// <param name="Text">The text; null if the line is longer than <see cref="TextLines.MaxLength"/>.</param>
internal readonly record struct TextLine(long Number, string? Text);
