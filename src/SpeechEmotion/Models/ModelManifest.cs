using SpeechEmotion.Results;

namespace SpeechEmotion.Models;

/// <summary>What lies in a model's folder, written beside the graph as <c>model.json</c>.</summary>
public sealed record ModelManifest
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "model.json";

    /// <summary>Folder or catalogue name.</summary>
    public required string Id { get; init; }

    /// <summary>The first 16 hexadecimal digits of the SHA-256 of the weights: of <see cref="WeightsHash"/> where there is one.</summary>
    public required string Hash { get; init; }

    /// <summary>
    /// SHA-256 over the tensors that the model needs in the order of their keys, of each its key, its shape and its values as
    /// little-endian float32; lower-case hexadecimal. However a checkpoint came here and whatever else is in it, the same weights
    /// give the same one. Null for a model that ships with the product.
    /// </summary>
    public string? WeightsHash { get; init; }

    /// <summary>How the weights were compared with what their publisher gave out.</summary>
    public ModelCheck Check { get; init; }

    /// <summary>Arithmetic of the graph.</summary>
    public required string Precision { get; init; }

    /// <summary>Licence of the weights.</summary>
    public required string License { get; init; }

    /// <summary>False where the licence forbids commercial use; null where it is not known.</summary>
    public bool? CommercialUse { get; init; }

    /// <summary>File name of the ONNX graph.</summary>
    public required string Graph { get; init; }

    /// <summary>File name of a linear head that is not part of the graph; null where the graph gives logits itself.</summary>
    public string? Head { get; init; }

    /// <summary>File name of the head for speech without the silence around it; null where <see cref="Head"/> serves both.</summary>
    public string? SpeechHead { get; init; }

    /// <summary>Labels in the order of the logits; null for a model that only gives features.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Length of one frame's features.</summary>
    public required int Dimension { get; init; }

    /// <summary>The shortest waveform that gives a frame, in samples at 16 kHz.</summary>
    public required int MinSamples { get; init; }

    /// <summary>The longest waveform that it takes, in samples at 16 kHz; null where memory is the only bound.</summary>
    public int? MaxSamples { get; init; }

    /// <summary>Whether silence is left out before the model: see <c>IEmotionModel.SpeechOnly</c>.</summary>
    public bool SpeechOnly { get; init; }

    /// <summary>Number of parameters.</summary>
    public long Parameters { get; init; }

    /// <summary>What the model was imported from; null for one that ships with the product.</summary>
    public ModelSource? Source { get; init; }

    /// <summary>How an int8 model compared with its float32 original; null for a float32 one.</summary>
    public Int8Certificate? Certificate { get; init; }

    /// <summary>How the imported model answered its publisher's example; null where it was not compared.</summary>
    public ReferenceCertificate? Reference { get; init; }

    /// <summary>Each file of the model with its size and SHA-256, for <c>ser models verify</c>.</summary>
    public required IReadOnlyList<ModelFile> Files { get; init; }

    /// <summary>File names of the heads that are not part of the graph.</summary>
    internal IEnumerable<string> Heads => new[] { Head, SpeechHead }.OfType<string>().Select(file => Path.GetFileName(file));

    /// <summary>The model's name in results.</summary>
    public ModelIdentity Identity => new(Id, Precision, Hash, License, CommercialUse, Check, Reference?.Agrees);
}
