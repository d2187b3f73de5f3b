using SpeechEmotion.Errors;
using SpeechEmotion.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Storage;

/// <summary>Everything that the history stores about a recognition; its files are in the result folder.</summary>
public sealed record RecognitionDocument
{
    /// <summary>Identifier: 32 hexadecimal digits that sort by creation time.</summary>
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
    public SegmentationMode Segments { get; init; }

    /// <summary>Whether the model processes the silence around the speech, as requested.</summary>
    public SilenceMode Silence { get; init; }

    /// <summary>Whether to mix the channels or process each one separately, as requested.</summary>
    public ChannelMode Channels { get; init; }

    /// <summary>Who speaks on each channel; null if the request named no roles.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>The URL that receives the final state; null for none. It may contain secrets, so it is never shown.</summary>
    public string? Webhook { get; init; }

    /// <summary>The trace of the request (W3C <c>traceparent</c>); null if it had none.</summary>
    public string? Trace { get; init; }

    /// <summary>Length of the recording in seconds; null before it is known.</summary>
    public double? Duration { get; init; }

    /// <summary>Nine probabilities in the order of <see cref="Results.Emotion"/>; null without a result.</summary>
    public IReadOnlyList<float>? Scores { get; init; }

    /// <summary>The model's own labels; null without a result.</summary>
    public IReadOnlyList<LabelScore>? Labels { get; init; }

    /// <summary>Model that produced the result; null without a result.</summary>
    public ModelIdentity? Model { get; init; }

    /// <summary>How the result was produced; null without a result, or if an older version produced it.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>Version of the program that handled the recognition.</summary>
    public required string Version { get; init; }

    /// <summary>Summary of the timeline; null without a timeline.</summary>
    public SummaryResource? Summary { get; init; }

    /// <summary>Number of segments of the timeline; null without a timeline, or if an older version stored the result.</summary>
    public int? SegmentCount { get; init; }

    /// <summary>Number of changes of emotion in the timeline; null as above.</summary>
    public int? TransitionCount { get; init; }

    /// <summary>Reasons why the result may be unreliable; null without a result.</summary>
    public IReadOnlyList<QualityNote>? Quality { get; init; }

    /// <summary>Nine probabilities of the speech alone, if they give another emotion; otherwise null.</summary>
    public IReadOnlyList<float>? SpeechOnly { get; init; }

    /// <summary>Name of the result folder inside the output folder; null without one.</summary>
    public string? Folder { get; init; }

    /// <summary>Why the recognition failed; null if it did not fail.</summary>
    public RecognitionError? Error { get; init; }

    /// <summary>Name of the recording's file among the uploads, for a run that a restart interrupts.</summary>
    public string? Upload { get; init; }

    /// <summary>Name of the requested model; null for the server's active model.</summary>
    public string? RequestedModel { get; init; }

    /// <summary>How often the recognition was begun; more than once only if the server crashed meanwhile.</summary>
    public int Attempts { get; init; }

    /// <summary>Log lines of this recognition.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];

    /// <summary>The most probable emotion; null without a result.</summary>
    public Emotion? Emotion => Scores is null ? null : new EmotionScores([.. Scores]).Top;

    /// <summary>Probability of that emotion; null without a result.</summary>
    public float? Confidence => Scores?.Max();

    /// <summary>The second emotion, if it is close to the first (<see cref="EmotionScores.Secondary"/>).</summary>
    public Emotion? Secondary => Scores is null ? null : new EmotionScores([.. Scores]).Secondary;

    /// <summary>The emotion of most of the speech; null without a timeline, or without speech.</summary>
    public DominantResource? Dominant => Summary?.Shares?.ToScores() is not { } shares
        ? null
        : new(shares.Top, shares[shares.Top], shares.Secondary, SegmentCount, TransitionCount);

    /// <summary>Whether the recognition has reached a final state.</summary>
    public bool IsFinal => State is RecognitionState.Done or RecognitionState.Failed or RecognitionState.Cancelled;

    /// <summary>Returns the document with a result.</summary>
    public RecognitionDocument With(Recognition result, string folder) => this with
    {
        State = RecognitionState.Done,
        Duration = result.Duration.TotalSeconds,
        Scores = result.Scores.Values.ToArray(),
        Labels = result.Labels,
        Model = result.Model,
        Provenance = result.Provenance,
        Summary = result.Timeline is { } timeline ? SummaryResource.Of(timeline.Summary) : null,
        SegmentCount = result.Timeline?.Segments.Count,
        TransitionCount = result.Timeline?.Transitions.Count,
        Quality = result.Quality,
        SpeechOnly = result.SpeechOnly?.Scores.Values.ToArray(),
        Folder = folder,
    };

    /// <summary>Returns the document with an error.</summary>
    public RecognitionDocument With(SpeechEmotionException error) => this with
    {
        State = RecognitionState.Failed,
        Error = new(error.Code, error.TextIn("en"), error.TextIn("zh")),
    };
}
