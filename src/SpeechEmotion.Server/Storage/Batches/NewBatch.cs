using SpeechEmotion.Options;
using SpeechEmotion.Server.Sources;

namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>A batch that a client of the server requests.</summary>
internal sealed record NewBatch
{
    /// <summary>The name that people see.</summary>
    public required string Name { get; init; }

    /// <summary>How to recognize each recording.</summary>
    public required BatchOptions Options { get; init; }

    /// <summary>The model, as <see cref="BatchStore.ModelOf"/> writes it; null if the first worker decides.</summary>
    public string? Model { get; init; }

    /// <summary>Batches with a greater priority are processed first.</summary>
    public int Priority { get; init; }

    /// <summary>The URL that receives the events of the batch; null for none.</summary>
    public string? Webhook { get; init; }

    /// <summary>Whether the client adds further recordings.</summary>
    public bool Open { get; init; }

    /// <summary>Name of the folder for the recordings that the client sends and for those of archives.</summary>
    public required string Folder { get; init; }

    /// <summary>Name of the file in that folder that adds metadata to the recordings; null if there is none.</summary>
    public string? Metadata { get; init; }

    /// <summary>The key under which the client finds the batch again; null if there is none.</summary>
    public string? Key { get; init; }

    /// <summary>SHA-256 of the request; null without a key.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The trace of the request (W3C <c>traceparent</c>); null if it has none.</summary>
    public string? Trace { get; init; }

    /// <summary>The recordings that the client sent.</summary>
    public IReadOnlyList<SourceItem> Recordings { get; init; } = [];

    /// <summary>The folders, archives and manifests.</summary>
    public IReadOnlyList<NewSource> Sources { get; init; } = [];
}
