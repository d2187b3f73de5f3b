using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Quantization;

namespace SpeechEmotion.Options;

/// <summary>Which model a recognizer loads, and how.</summary>
public sealed record RecognizerOptions
{
    /// <summary>The name of a model; null for the large one if it is on this machine, otherwise the small one that ships.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// A model folder of FunASR (<c>model.pt</c>, <c>config.yaml</c>, <c>tokens.txt</c>), which is imported once, or the directory of a
    /// <see cref="ModelFolder"/>.
    /// </summary>
    public string? ModelDirectory { get; init; }

    /// <summary>The arithmetic of the model.</summary>
    public ModelPrecision Precision { get; init; }

    /// <summary>How the model is loaded.</summary>
    public ModelLoadOptions Load { get; init; } = new();
}
