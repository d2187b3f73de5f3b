using SpeechEmotion.Models;
using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Models;

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

    /// <summary>The first 16 hexadecimal digits of the SHA-256 of the weights.</summary>
    public string? Hash { get; init; }

    /// <summary>SHA-256 of the weights; null for a model that ships with the product, or is not imported.</summary>
    public string? WeightsHash { get; init; }

    /// <summary>How the weights were compared with what their publisher gave out; null before it is imported.</summary>
    public ModelCheck? Check { get; init; }

    /// <summary>The address that it was downloaded from, or the name of the folder that it was made of; null for one that ships with the product.</summary>
    public string? Source { get; init; }

    /// <summary>Licence of the weights.</summary>
    public required string License { get; init; }

    /// <summary>False where the licence forbids commercial use; null where that is not known.</summary>
    public bool? CommercialUse { get; init; }

    /// <summary>Bytes on the disk.</summary>
    public long? Size { get; init; }

    /// <summary>Bytes to download; null where that is not known before a hub is asked.</summary>
    public long? DownloadSize { get; init; }

    /// <summary>Length of an embedding.</summary>
    public int? Embedding { get; init; }

    /// <summary>False for a model that gives features but no emotions.</summary>
    public required bool HasEmotions { get; init; }

    /// <summary>Labels in the order of the logits; null where it has none, or is not imported.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Its int8 form; null where there is none.</summary>
    public Int8Resource? Int8Form { get; init; }

    /// <summary>How it answered its publisher's example when it was imported; null where it was not compared.</summary>
    public ReferenceResource? Reference { get; init; }

    /// <summary>Repository on ModelScope.</summary>
    public string? ModelScope { get; init; }

    /// <summary>Repository on Hugging Face.</summary>
    public string? HuggingFace { get; init; }

    /// <summary>The download of it that goes on, or the last one since the server was started; null where there was none.</summary>
    public DownloadResource? Download { get; init; }

    /// <summary>Where it is being loaded to answer where a request names none, or could not be; else null.</summary>
    public ActivationResource? Activation { get; init; }

    internal static ModelResource Of(FoundModel found, ModelIdentity? active)
    {
        var entry = ModelCatalogue.Find(found.Id);
        var manifest = found.Manifest;
        return new()
        {
            Id = found.Id,
            Place = found.Place,
            Installed = true,
            Active = active is not null && manifest?.Id == active.Id && manifest.Hash == active.Hash,
            Precision = manifest?.Precision,
            Hash = manifest?.Hash,
            WeightsHash = manifest?.WeightsHash,
            Check = manifest?.Check,
            Source = manifest is null ? Path.GetFileName(found.Directory) : manifest.Source?.Address ?? Path.GetFileName(manifest.Source?.Directory),
            License = manifest?.License ?? entry?.License ?? "unknown",
            CommercialUse = manifest?.CommercialUse,
            Size = manifest?.Files.Sum(file => file.Size),
            DownloadSize = entry?.Size,
            Embedding = manifest?.Dimension,
            HasEmotions = manifest is null ? entry?.HasHead ?? true : manifest.Labels is not null,
            Labels = manifest?.Labels,
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
        DownloadSize = entry.Size,
        HasEmotions = entry.HasHead,
        ModelScope = entry.ModelScope,
        HuggingFace = entry.HuggingFace,
    };
}
