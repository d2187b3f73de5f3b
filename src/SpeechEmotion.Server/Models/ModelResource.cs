using SpeechEmotion.Models;
using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Models;

/// <summary>A model that is installed or in the catalog.</summary>
public sealed record ModelResource
{
    /// <summary>Name of the model.</summary>
    public required string Id { get; init; }

    /// <summary>Where the model is stored; null if it is not installed.</summary>
    public ModelPlace? Place { get; init; }

    /// <summary>Whether the model is on this machine.</summary>
    public required bool Installed { get; init; }

    /// <summary>Whether it is the default model, which processes requests that name no model.</summary>
    public required bool Active { get; init; }

    /// <summary>Precision of the model, for example <c>fp32</c>; null before it is imported.</summary>
    public string? Precision { get; init; }

    /// <summary>The first 16 hexadecimal digits of the SHA-256 of the weights.</summary>
    public string? Hash { get; init; }

    /// <summary>SHA-256 of the weights; null if the model is part of the product or not imported.</summary>
    public string? WeightsHash { get; init; }

    /// <summary>How the weights were checked against the publisher's release; null before the model is imported.</summary>
    public ModelCheck? Check { get; init; }

    /// <summary>Address of its download, or name of the folder it was imported from; null if it is part of the product.</summary>
    public string? Source { get; init; }

    /// <summary>License of the weights.</summary>
    public required string License { get; init; }

    /// <summary>False if the license forbids commercial use; null if unknown.</summary>
    public bool? CommercialUse { get; init; }

    /// <summary>Size on the disk in bytes; null before the model is imported.</summary>
    public long? Size { get; init; }

    /// <summary>Size of the download in bytes; null if only a hub knows it.</summary>
    public long? DownloadSize { get; init; }

    /// <summary>Length of an embedding; null before the model is imported.</summary>
    public int? Embedding { get; init; }

    /// <summary>False for a model that produces features but no emotions.</summary>
    public required bool HasEmotions { get; init; }

    /// <summary>Labels in the order of the logits; null if the model has none or is not imported.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The int8 form of the model; null if there is none.</summary>
    public Int8Resource? Int8Form { get; init; }

    /// <summary>The comparison with FunASR on the publisher's example, made during the import; null if it was not made.</summary>
    public ReferenceResource? Reference { get; init; }

    /// <summary>Repository on ModelScope; null if unknown.</summary>
    public string? ModelScope { get; init; }

    /// <summary>Repository on Hugging Face; null if unknown.</summary>
    public string? HuggingFace { get; init; }

    /// <summary>The running or the last download of the model since the start of the server; null if there was none.</summary>
    public DownloadResource? Download { get; init; }

    /// <summary>The running or failed activation of the model; null if there is none.</summary>
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
            Source = manifest is null
                ? Path.GetFileName(found.Directory)
                : manifest.Source?.Address ?? Path.GetFileName(manifest.Source?.Directory),
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
