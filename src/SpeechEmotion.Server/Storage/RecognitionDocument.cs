using SpeechEmotion.Errors;
using SpeechEmotion.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Storage;

/// <summary>All that is kept of a recognition beside its files.</summary>
public sealed record RecognitionDocument
{
    /// <summary>32 hexadecimal digits that grow with time.</summary>
    public required string Id { get; init; }

    /// <summary>How far it is.</summary>
    public required RecognitionState State { get; init; }

    /// <summary>What its sender calls the recording.</summary>
    public required string FileName { get; init; }

    /// <summary>Bytes of the recording as it was sent.</summary>
    public required long Size { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it came to its end; null before.</summary>
    public DateTimeOffset? Completed { get; init; }

    /// <summary>What was asked for.</summary>
    public required Granularity Granularity { get; init; }

    /// <summary>Whether the embedding was asked for.</summary>
    public required bool Embedding { get; init; }

    /// <summary>Whether it was to be heard whole or by segments.</summary>
    public SegmentationMode Segments { get; init; }

    /// <summary>Whether the silence around its speech was to take part in the answer.</summary>
    public SilenceMode Silence { get; init; }

    /// <summary>What was to become of its channels.</summary>
    public ChannelMode Channels { get; init; }

    /// <summary>Who is heard on each channel; null where nobody was named.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Length of the recording in seconds; null before it is known.</summary>
    public double? Duration { get; init; }

    /// <summary>Nine probabilities in the order of <see cref="Results.Emotion"/>; null without a result.</summary>
    public IReadOnlyList<float>? Scores { get; init; }

    /// <summary>The model's own labels; null without a result.</summary>
    public IReadOnlyList<LabelScore>? Labels { get; init; }

    /// <summary>Which model spoke; null without a result.</summary>
    public ModelIdentity? Model { get; init; }

    /// <summary>What else made the answer; null without a result, and for one of an older program.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>Version of the program that recognised it.</summary>
    public required string Version { get; init; }

    /// <summary>Its timeline in a few numbers; null without one.</summary>
    public SummaryResource? Summary { get; init; }

    /// <summary>Reasons why the answer may be weak; null without a result.</summary>
    public IReadOnlyList<QualityNote>? Quality { get; init; }

    /// <summary>Nine probabilities of the speech by itself, where it gives another emotion; else null.</summary>
    public IReadOnlyList<float>? SpeechOnly { get; init; }

    /// <summary>Name of its folder below the folder of all outputs; null where there is none.</summary>
    public string? Folder { get; init; }

    /// <summary>Why there is no result; null where there is one.</summary>
    public RecognitionError? Error { get; init; }

    /// <summary>Its own lines of the log.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];

    /// <summary>The most probable emotion; null without a result.</summary>
    public Emotion? Emotion => Scores is null ? null : new EmotionScores([.. Scores]).Top;

    /// <summary>Its probability.</summary>
    public float? Confidence => Scores?.Max();

    /// <summary>True where nothing will change any more.</summary>
    public bool IsFinal => State is RecognitionState.Done or RecognitionState.Failed or RecognitionState.Cancelled;

    /// <summary>The record with its result.</summary>
    public RecognitionDocument With(Recognition result, string folder) => this with
    {
        State = RecognitionState.Done,
        Duration = result.Duration.TotalSeconds,
        Scores = result.Scores.Values.ToArray(),
        Labels = result.Labels,
        Model = result.Model,
        Provenance = result.Provenance,
        Summary = result.Timeline is { } timeline ? SummaryResource.Of(timeline.Summary) : null,
        Quality = result.Quality,
        SpeechOnly = result.SpeechOnly?.Scores.Values.ToArray(),
        Folder = folder,
    };

    /// <summary>The record with its error.</summary>
    public RecognitionDocument With(SpeechEmotionException error) => this with
    {
        State = RecognitionState.Failed,
        Error = new(error.Code, error.TextIn("en"), error.TextIn("zh")),
    };
}
