using SpeechEmotion.Results;

namespace SpeechEmotion.Models;

/// <summary>The description of a model folder, stored beside the graph as <c>model.json</c>.</summary>
public sealed record ModelManifest
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "model.json";

    /// <summary>The folder name or catalog name.</summary>
    public required string Id { get; init; }

    /// <summary>The first 16 hexadecimal digits of the SHA-256 of the weights (of <see cref="WeightsHash"/> if it is not null).</summary>
    public required string Hash { get; init; }

    /// <summary>
    /// The SHA-256 over the tensors that the model requires, in the order of their keys: for each its key, its shape and its values as
    /// little-endian float32; lower-case hexadecimal. The same weights have the same hash, whatever the origin of the checkpoint and
    /// whatever else is in it. Null for a model that ships with the product.
    /// </summary>
    public string? WeightsHash { get; init; }

    /// <summary>The kind of check that compared the weights with those of their publisher.</summary>
    public ModelCheck Check { get; init; }

    /// <summary>The arithmetic of the graph.</summary>
    public required string Precision { get; init; }

    /// <summary>The license of the weights.</summary>
    public required string License { get; init; }

    /// <summary>False if the license forbids commercial use; null if unknown.</summary>
    public bool? CommercialUse { get; init; }

    /// <summary>The file name of the ONNX graph.</summary>
    public required string Graph { get; init; }

    /// <summary>The file name of a linear head outside the graph; null if the graph computes logits itself.</summary>
    public string? Head { get; init; }

    /// <summary>The file name of the head for speech without the silence around it; null if <see cref="Head"/> serves both.</summary>
    public string? SpeechHead { get; init; }

    /// <summary>The labels in the order of the logits; null for a model that only computes features.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The length of one frame's features.</summary>
    public required int Dimension { get; init; }

    /// <summary>The shortest waveform that yields a frame, in samples at 16 kHz.</summary>
    public required int MinSamples { get; init; }

    /// <summary>The longest accepted waveform, in samples at 16 kHz; null if memory is the only limit.</summary>
    public int? MaxSamples { get; init; }

    /// <summary>Whether silence is removed before inference: see <c>IEmotionModel.SpeechOnly</c>.</summary>
    public bool SpeechOnly { get; init; }

    /// <summary>The number of parameters.</summary>
    public long Parameters { get; init; }

    /// <summary>The files from which the model was imported; null for one that ships with the product.</summary>
    public ModelSource? Source { get; init; }

    /// <summary>The comparison of an int8 model with its float32 original; null for a float32 model.</summary>
    public Int8Certificate? Certificate { get; init; }

    /// <summary>The comparison of the imported model with its publisher's example; null if it was not compared.</summary>
    public ReferenceCertificate? Reference { get; init; }

    /// <summary>The files of the model with size and SHA-256, for <c>ser models verify</c>.</summary>
    public required IReadOnlyList<ModelFile> Files { get; init; }

    /// <summary>The file names of the heads outside the graph.</summary>
    internal IEnumerable<string> Heads => new[] { Head, SpeechHead }.OfType<string>().Select(file => Path.GetFileName(file));

    /// <summary>The model's name in results.</summary>
    public ModelIdentity Identity => new(Id, Precision, Hash, License, CommercialUse, Check, Reference?.Agrees);
}
