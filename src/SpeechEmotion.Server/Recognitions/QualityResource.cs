using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>A reason why an answer may be weak.</summary>
/// <param name="Reason">Its key.</param>
/// <param name="Value">What was measured, in the unit that the text names.</param>
/// <param name="Text">For people, in the language that was asked for.</param>
public sealed record QualityResource(QualityReason Reason, double Value, string Text);
