namespace SpeechEmotion.Tests.Outputs;

/// <summary>A subtitle or label that a reader has parsed.</summary>
internal sealed record Cue(TimeSpan Start, TimeSpan End, string? Speaker, string Text);
