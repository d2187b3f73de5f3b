using SpeechEmotion.Models;

namespace SpeechEmotion.Quantization;

/// <summary>Which form of a model is loaded.</summary>
/// <param name="Folder">The float32 or the int8 form.</param>
/// <param name="Fault">What speaks against the int8 form, where int8 or auto was asked for; null for nothing.</param>
internal sealed record PrecisionSelection(ModelFolder Folder, Int8Fault? Fault);
