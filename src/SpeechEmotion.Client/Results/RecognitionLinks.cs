namespace SpeechEmotion.Client.Results;

/// <summary>Links of a recognition. A link is null if the recognition has no such part.</summary>
public sealed record RecognitionLinks
{
    /// <summary>The recognition itself.</summary>
    public required string Self { get; init; }

    /// <summary>Server-sent events of the recognition, while it is queued or running.</summary>
    public string? Events { get; init; }

    /// <summary>POST to this link to cancel the recognition, while it is queued or running.</summary>
    public string? Cancel { get; init; }

    /// <summary>The file <c>result.json</c>.</summary>
    public string? Result { get; init; }

    /// <summary>The file <c>processed_audio.wav</c>.</summary>
    public string? Audio { get; init; }

    /// <summary>The file <c>embedding.npy</c>.</summary>
    public string? Embedding { get; init; }

    /// <summary>The outline of the waveform.</summary>
    public string? Waveform { get; init; }

    /// <summary>The timeline; null if the model processed the recording as a whole.</summary>
    public string? Timeline { get; init; }
}
