namespace SpeechEmotion.Client.Results;

/// <summary>A recognition: its parameters, its state and, once finished, its result.</summary>
public sealed record Recognition
{
    /// <summary>Identifier of the recognition, as used in URLs.</summary>
    public required string Id { get; init; }

    /// <summary>Current state.</summary>
    public required RecognitionState State { get; init; }

    /// <summary>File name of the recording, as given by the client.</summary>
    public required string FileName { get; init; }

    /// <summary>Size of the uploaded recording in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Time of the request.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Time when the recognition reached a final state; null before.</summary>
    public DateTimeOffset? Completed { get; init; }

    /// <summary>Requested granularity.</summary>
    public required Granularity Granularity { get; init; }

    /// <summary>Whether the client requested the embedding.</summary>
    public required bool Embedding { get; init; }

    /// <summary>Whether to process the recording as a whole or by segments of speech, as requested.</summary>
    public required SegmentationMode Segments { get; init; }

    /// <summary>Whether the model processes the silence around the speech, as requested.</summary>
    public required SilenceMode Silence { get; init; }

    /// <summary>Whether to mix the channels or process each one separately, as requested.</summary>
    public required ChannelMode Channels { get; init; }

    /// <summary>Who speaks on each channel; null if the request named no roles.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Processed share of the recording, in [0, 1]; null if unknown.</summary>
    public double? Progress { get; init; }

    /// <summary>Position in the queue, 1 for the next to run; null if the recognition is not queued.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>Length of the recording in seconds; null before it is known.</summary>
    public double? Duration { get; init; }

    /// <summary>Most probable emotion; null without a result.</summary>
    public Emotion? Emotion { get; init; }

    /// <summary>Probability of that emotion, in [0, 1]; null without a result.</summary>
    public float? Confidence { get; init; }

    /// <summary>
    /// Second most probable emotion, if it is close to the first: at least 0.2 and at least four fifths of the first probability.
    /// </summary>
    public Emotion? Secondary { get; init; }

    /// <summary>
    /// Emotion of most of the speech, which describes a recording that was recognized by segments better than the averaged scores;
    /// null without a result, without speech, or if the model processed the recording as a whole.
    /// </summary>
    public Dominant? Dominant { get; init; }

    /// <summary>Probabilities of all nine emotions; null without a result.</summary>
    public Scores? Scores { get; init; }

    /// <summary>Labels of the model and their probabilities; omitted in lists and without a result.</summary>
    public IReadOnlyList<LabelScore>? Labels { get; init; }

    /// <summary>Model that produced the result; null without a result.</summary>
    public ModelIdentity? Model { get; init; }

    /// <summary>How the result was produced: program, recording, decoding and options; omitted in lists and without a result.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>Version of the server that handled the recognition.</summary>
    public required string Version { get; init; }

    /// <summary>Summary of the timeline; null without a result, or if the model processed the recording as a whole.</summary>
    public Summary? Summary { get; init; }

    /// <summary>Reasons why the result may be unreliable, in the language of the request; null without a result.</summary>
    public IReadOnlyList<QualityNote>? Quality { get; init; }

    /// <summary>
    /// Result for the speech alone, if less than 60 % of a recording that was processed with its silence is speech and the silence
    /// changes the emotion; otherwise null.
    /// </summary>
    public SpeechOnly? SpeechOnly { get; init; }

    /// <summary>Name of the result folder inside the server's output folder; null without one.</summary>
    public string? Folder { get; init; }

    /// <summary>Why the recognition failed, in the language of the request; null if it did not fail.</summary>
    public Failure? Error { get; init; }

    /// <summary>Log lines of this recognition; omitted in lists.</summary>
    public IReadOnlyList<string>? Log { get; init; }

    /// <summary>Links to the recognition and its parts.</summary>
    public required RecognitionLinks Links { get; init; }
}
