using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>A reason why a result may be unreliable, in English and Chinese.</summary>
/// <param name="Reason">Key of the reason.</param>
/// <param name="Value">Measured value, in the unit given in the text.</param>
/// <param name="Text">Explanation in English.</param>
/// <param name="TextZh">Explanation in Chinese.</param>
internal sealed record BilingualNoteResource(QualityReason Reason, double Value, string Text, string TextZh);
