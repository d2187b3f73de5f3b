using SpeechEmotion.Options;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Batches;

/// <summary>What a client requests of a new batch.</summary>
internal sealed record BatchOrder
{
    /// <summary>The name that people see; null for one that the server chooses.</summary>
    public string? Name { get; init; }

    /// <summary>Batches with a greater priority are processed first.</summary>
    public int Priority { get; init; }

    /// <summary>Whether the client adds further recordings.</summary>
    public bool Open { get; init; }

    /// <summary>How to recognize each recording.</summary>
    public required RecognitionOptions Options { get; init; }

    /// <summary>Name of the model; null for the server's active model.</summary>
    public string? Model { get; init; }

    /// <summary>A folder, archive or manifest, relative to the folder of <c>--batch-root</c>; null if there is none.</summary>
    public string? Source { get; init; }

    /// <summary>The URL that receives the events of the batch; null for none.</summary>
    public string? Webhook { get; init; }

    /// <summary>The files that the client sent, with the names of their parts.</summary>
    public IReadOnlyList<(string Part, UploadedRecording File)> Files { get; init; } = [];
}
