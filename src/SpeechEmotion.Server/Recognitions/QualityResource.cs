using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>A reason why a result may be unreliable.</summary>
/// <param name="Reason">Key of the reason.</param>
/// <param name="Value">Measured value, in the unit given in the text.</param>
/// <param name="Text">Explanation in the language of the request (Accept-Language).</param>
public sealed record QualityResource(QualityReason Reason, double Value, string Text);
