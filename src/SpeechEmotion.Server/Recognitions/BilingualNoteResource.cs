using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>A reason why an answer may be weak, in both languages.</summary>
/// <param name="Reason">Its key.</param>
/// <param name="Value">The measured value, in the unit that the text names.</param>
/// <param name="Text">For people, in English.</param>
/// <param name="TextZh">For people, in Chinese.</param>
internal sealed record BilingualNoteResource(QualityReason Reason, double Value, string Text, string TextZh);
