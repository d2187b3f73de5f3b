namespace SpeechEmotion.Server.Recognitions;

/// <summary>A reason why an answer may be weak.</summary>
/// <param name="Reason">Its key, for example <c>too_short</c>.</param>
/// <param name="Value">What was measured, in the unit that the text names.</param>
/// <param name="Text">For people, in the language that was asked for.</param>
public sealed record QualityResource(string Reason, double Value, string Text);
