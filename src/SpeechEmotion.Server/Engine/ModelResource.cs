using SpeechEmotion.Models;

namespace SpeechEmotion.Server.Engine;

/// <summary>A model that is here, or that the product knows where to get.</summary>
public sealed record ModelResource
{
    /// <summary>Its name.</summary>
    public required string Id { get; init; }

    /// <summary>Where it lies; null where it is not here.</summary>
    public ModelPlace? Place { get; init; }

    /// <summary>Whether it is on this machine.</summary>
    public required bool Installed { get; init; }

    /// <summary>Whether it answers where a request names none.</summary>
    public required bool Active { get; init; }

    /// <summary>Arithmetic of the graph; null before it is imported.</summary>
    public string? Precision { get; init; }

    /// <summary>The first 16 hexadecimal digits of the SHA-256 of what it was made from.</summary>
    public string? Hash { get; init; }

    /// <summary>Licence of the weights.</summary>
    public required string License { get; init; }

    /// <summary>False where the licence forbids commercial use; null where that is not known.</summary>
    public bool? CommercialUse { get; init; }

    /// <summary>Bytes on the disk.</summary>
    public long? Size { get; init; }

    /// <summary>Length of an embedding.</summary>
    public int? Embedding { get; init; }

    /// <summary>Labels in the order of the logits; null where it has none, or is not imported.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Repository on ModelScope.</summary>
    public string? ModelScope { get; init; }

    /// <summary>Repository on Hugging Face.</summary>
    public string? HuggingFace { get; init; }

    internal static ModelResource Of(FoundModel found, string? active)
    {
        var entry = ModelCatalogue.Find(found.Id);
        return new()
        {
            Id = found.Id,
            Place = found.Place,
            Installed = true,
            Active = found.Manifest?.Hash is { } hash && hash == active,
            Precision = found.Manifest?.Precision,
            Hash = found.Manifest?.Hash,
            License = found.Manifest?.License ?? entry?.License ?? "unknown",
            CommercialUse = found.Manifest?.CommercialUse,
            Size = found.Manifest?.Files.Sum(file => file.Size),
            Embedding = found.Manifest?.Dimension,
            Labels = found.Manifest?.Labels,
            ModelScope = entry?.ModelScope,
            HuggingFace = entry?.HuggingFace,
        };
    }

    internal static ModelResource Of(CatalogueEntry entry) => new()
    {
        Id = entry.Id,
        Installed = false,
        Active = false,
        License = entry.License,
        ModelScope = entry.ModelScope,
        HuggingFace = entry.HuggingFace,
    };
}
