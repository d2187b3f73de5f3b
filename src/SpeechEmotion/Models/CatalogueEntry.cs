namespace SpeechEmotion.Models;

/// <summary>A model that the product knows by name.</summary>
/// <param name="Id">The name.</param>
/// <param name="ModelScope">Repository on ModelScope, for example <c>iic/emotion2vec_plus_large</c>.</param>
/// <param name="HuggingFace">Repository on Hugging Face, for example <c>emotion2vec/emotion2vec_plus_large</c>.</param>
/// <param name="License">Licence of the weights.</param>
/// <param name="HasHead">False for a model that gives features but no emotion.</param>
/// <param name="Files">Its files as their publisher gave them out, where that is known; else empty.</param>
public sealed record CatalogueEntry(
    string Id, string ModelScope, string HuggingFace, string License, bool HasHead, IReadOnlyList<ModelFile> Files)
{
    /// <summary>Bytes to download; null where that is not known.</summary>
    public long? Size => Files.Count > 0 ? Files.Sum(file => file.Size) : null;

    /// <summary>Bytes that it takes in the store; null where that is not known.</summary>
    public long? StoredSize { get; init; }

    /// <summary>What FunASR answers with it to its publisher's example; null where that is not published.</summary>
    public ModelReference? Reference { get; init; }
}
