namespace SpeechEmotion.Models;

/// <summary>A model that the product knows by name.</summary>
/// <param name="Id">The name.</param>
/// <param name="ModelScope">The repository on ModelScope, for example <c>iic/emotion2vec_plus_large</c>.</param>
/// <param name="HuggingFace">The repository on Hugging Face, for example <c>emotion2vec/emotion2vec_plus_large</c>.</param>
/// <param name="License">The license of the weights.</param>
/// <param name="HasHead">Whether the model has a label head; without one it computes only features.</param>
/// <param name="Files">The files that its publisher released, if known; otherwise empty.</param>
public sealed record CatalogueEntry(
    string Id, string ModelScope, string HuggingFace, string License, bool HasHead, IReadOnlyList<ModelFile> Files)
{
    /// <summary>The size of the download in bytes; null if unknown.</summary>
    public long? Size => Files.Count > 0 ? Files.Sum(file => file.Size) : null;

    /// <summary>The size in the store in bytes; null if unknown.</summary>
    public long? StoredSize { get; init; }

    /// <summary>FunASR's answer to the publisher's example with this model; null if none was published.</summary>
    public ModelReference? Reference { get; init; }
}
