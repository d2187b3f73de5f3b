using SpeechEmotion.Models;

namespace SpeechEmotion.Quantization;

/// <summary>The form of a model to load.</summary>
/// <param name="Folder">The float32 or the int8 form.</param>
/// <param name="Fault">The objection to the int8 form, if int8 or auto was requested; null if there is none.</param>
internal sealed record PrecisionSelection(ModelFolder Folder, Int8Fault? Fault);
