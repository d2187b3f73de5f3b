namespace SpeechEmotion.Tests.Outputs;

/// <summary>A subtitle or label as it was read back.</summary>
internal sealed record Cue(TimeSpan Start, TimeSpan End, string? Speaker, string Text);
