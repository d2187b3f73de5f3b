namespace SpeechEmotion.Client.Results;

/// <summary>A batch: many recordings that are recognized with the same options.</summary>
public sealed record Batch
{
    /// <summary>Identifier of the batch, as used in URLs.</summary>
    public required int Id { get; init; }

    /// <summary>The name that people see.</summary>
    public required string Name { get; init; }

    /// <summary>Current state.</summary>
    public required BatchState State { get; init; }

    /// <summary>Whether recordings may be added.</summary>
    public required bool Open { get; init; }

    /// <summary>The failure that paused the batch; null if there is none.</summary>
    public Failure? Reason { get; init; }

    /// <summary>Batches with a greater priority are processed first; batches of equal priority share.</summary>
    public required int Priority { get; init; }

    /// <summary>Time of the request.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Time at which the last recording got its outcome; null while some have none.</summary>
    public DateTimeOffset? Completed { get; init; }

    /// <summary>Number of recordings that are known so far.</summary>
    public required int Items { get; init; }

    /// <summary>Number of recordings with a result.</summary>
    public required int Succeeded { get; init; }

    /// <summary>Number of recordings with an error.</summary>
    public required int Failed { get; init; }

    /// <summary>Total length of the recognized recordings, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Number of recordings with each emotion.</summary>
    public required EmotionCounts Emotions { get; init; }

    /// <summary>Recordings per second during the last minute; null if none ended.</summary>
    public double? ItemsPerSecond { get; init; }

    /// <summary>Seconds of sound per second during the last minute; null if no recording ended.</summary>
    public double? TimesRealTime { get; init; }

    /// <summary>Estimated time until the last outcome, in seconds; null if unknown.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>How all recordings are recognized.</summary>
    public required BatchRecognition Options { get; init; }

    /// <summary>The names of the metadata columns, in the order in which they appeared.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The folders, archives and manifests; empty if all recordings were sent by themselves.</summary>
    public required IReadOnlyList<BatchSource> Sources { get; init; }

    /// <summary>Related addresses.</summary>
    public required BatchLinks Links { get; init; }
}
