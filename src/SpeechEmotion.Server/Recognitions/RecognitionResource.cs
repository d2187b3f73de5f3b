using System.Text.Json.Serialization;
using SpeechEmotion.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>A recognition as REST clients see it.</summary>
public sealed record RecognitionResource
{
    /// <summary>Its name in every address.</summary>
    public required string Id { get; init; }

    /// <summary>How far it is.</summary>
    public required RecognitionState State { get; init; }

    /// <summary>What its sender calls the recording.</summary>
    public required string FileName { get; init; }

    /// <summary>Bytes of the recording as it was sent.</summary>
    public required long Size { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it came to its end.</summary>
    public DateTimeOffset? Completed { get; init; }

    /// <summary>What was asked for.</summary>
    public required Granularity Granularity { get; init; }

    /// <summary>Whether the embedding was asked for.</summary>
    public required bool Embedding { get; init; }

    /// <summary>Whether it was to be heard whole or by segments.</summary>
    public required SegmentationMode Segments { get; init; }

    /// <summary>Whether the silence around its speech was to take part in the answer.</summary>
    public required SilenceMode Silence { get; init; }

    /// <summary>What was to become of its channels.</summary>
    public required ChannelMode Channels { get; init; }

    /// <summary>Who is heard on each channel; null where nobody was named.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Share of the recording that was recognised, in [0, 1].</summary>
    public double? Progress { get; init; }

    /// <summary>1 for the next one in the queue.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>Length of the recording in seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>The most probable emotion.</summary>
    public Emotion? Emotion { get; init; }

    /// <summary>Its probability, in [0, 1].</summary>
    public float? Confidence { get; init; }

    /// <summary>All nine probabilities.</summary>
    public ScoresResource? Scores { get; init; }

    /// <summary>The model's own labels and probabilities; not in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LabelScore>? Labels { get; init; }

    /// <summary>Which model spoke.</summary>
    public ModelIdentity? Model { get; init; }

    /// <summary>What else made the answer: program, recording, decoding, options; not in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Provenance? Provenance { get; init; }

    /// <summary>Version of the program that recognised it.</summary>
    public required string Version { get; init; }

    /// <summary>Its timeline in a few numbers; null where it was heard whole.</summary>
    public SummaryResource? Summary { get; init; }

    /// <summary>Reasons why the answer may be weak, in the language that was asked for.</summary>
    public IReadOnlyList<QualityResource>? Quality { get; init; }

    /// <summary>
    /// The answer over the speech by itself, where less than 60 % of a recording that was recognized with its silence is speech
    /// and the silence changes the emotion; else null.
    /// </summary>
    public SpeechOnlyResource? SpeechOnly { get; init; }

    /// <summary>Its folder below the folder of all outputs.</summary>
    public string? Folder { get; init; }

    /// <summary>Why there is no result, in the language that was asked for.</summary>
    public ErrorResource? Error { get; init; }

    /// <summary>Its own lines of the log; not in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Log { get; init; }

    /// <summary>Where its parts are.</summary>
    public required RecognitionLinks Links { get; init; }

    /// <summary>A recognition that waits or runs.</summary>
    internal static RecognitionResource Of(JobSnapshot snapshot, HttpContext context) => Listed(snapshot, context) with
    {
        Labels = snapshot.Document.Labels,
        Provenance = snapshot.Document.Provenance,
        Log = snapshot.Document.Log,
    };

    /// <summary>A recognition of the history.</summary>
    internal static RecognitionResource Of(RecognitionDocument record, HttpContext context) => Of(new JobSnapshot(record, null, null), context);

    /// <summary>A recognition in a list.</summary>
    internal static RecognitionResource Listed(JobSnapshot snapshot, HttpContext context) => Listed(snapshot.Document, context) with
    {
        Progress = snapshot.State == RecognitionState.Done ? 1 : snapshot.Progress,
        QueuePosition = snapshot.QueuePosition,
    };

    private static RecognitionResource Listed(RecognitionDocument record, HttpContext context) => new()
    {
        Id = record.Id,
        State = record.State,
        FileName = record.FileName,
        Size = record.Size,
        Created = record.Created,
        Completed = record.Completed,
        Granularity = record.Granularity,
        Embedding = record.Embedding,
        Segments = record.Segments,
        Silence = record.Silence,
        Channels = record.Channels,
        Roles = record.Roles,
        Duration = record.Duration,
        Emotion = record.Emotion,
        Confidence = record.Confidence,
        Scores = record.Scores is { } scores ? ScoresResource.Of(scores) : null,
        Model = record.Model,
        Version = record.Version,
        Summary = record.Summary,
        Quality = record.Quality is null ? null : [.. record.Quality.Select(note => new QualityResource(note.Reason, note.Value, note.TextIn(context.Language())))],
        SpeechOnly = record.SpeechOnly is { } speech ? SpeechOnlyResource.Of(speech) : null,
        Folder = record.Folder,
        Error = record.Error is { } error ? new(error.Code, ClientText.Hide(error.MessageIn(context.Language()))) : null,
        Links = RecognitionLinks.Of(record, context),
    };
}
