using System.Text.Json;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Batches;

/// <summary>A recording of a batch with its outcome.</summary>
public sealed record BatchItemResource
{
    /// <summary>Zero-based position in the batch.</summary>
    public required int Number { get; init; }

    /// <summary>Name of the recording.</summary>
    public required string Name { get; init; }

    /// <summary>Current state.</summary>
    public required BatchItemState State { get; init; }

    /// <summary>The most probable emotion; null without a result.</summary>
    public Emotion? Emotion { get; init; }

    /// <summary>Probability of that emotion; null without a result.</summary>
    public float? Confidence { get; init; }

    /// <summary>
    /// Second most probable emotion, if it is close to the first: at least 0.2 and at least four fifths of the first probability. Null
    /// if the recording was recognized by segments.
    /// </summary>
    public Emotion? Secondary { get; init; }

    /// <summary>
    /// Emotion of most of the speech, which describes a recording that was recognized by segments better than the averaged scores;
    /// null without a result, without speech, or if the model processed the recording as a whole.
    /// </summary>
    public DominantResource? Dominant { get; init; }

    /// <summary>Length of the recording in seconds; null without a result.</summary>
    public double? Duration { get; init; }

    /// <summary>Name of the recording with the same bytes whose result this is; null if the model processed this one.</summary>
    public string? SameAs { get; init; }

    /// <summary>Why the recording failed; null if it did not.</summary>
    public ErrorResource? Error { get; init; }

    /// <summary>Size in bytes; null if unknown.</summary>
    public long? Size { get; init; }

    /// <summary>The columns of the manifest; null if there are none.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The result as a line of <c>ser recognize --json</c>; null without a result, and in lists.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>Related addresses.</summary>
    public required BatchItemLinks Links { get; init; }

    internal static BatchItemResource Of(int batch, BatchItemRow row, HttpContext context)
    {
        var self = $"{BatchLinks.SelfOf(batch, context)}/items/{row.Number}";
        return new()
        {
            Number = row.Number,
            Name = row.Name,
            State = row.State,
            Emotion = row.Emotion,
            Confidence = row.Confidence,
            Secondary = row.Dominant is null ? row.Secondary : null,
            Dominant = row is { Dominant: { } dominant, Share: { } share } ? new(dominant, share, row.Secondary, null, null) : null,
            Duration = row.Duration,
            SameAs = row.SameAs,
            Error = BatchResource.ErrorOf(row.Code, row.Message, row.MessageZh, context.Language()),
            Size = row.Size,
            Metadata = row.Metadata is null
                ? null : JsonSerializer.Deserialize(row.Metadata, BatchRowsContext.Readable.IReadOnlyDictionaryStringString),
            Result = row.Document is null ? null : JsonElement.Parse(row.Document),
            Links = new(self, $"{self}/audio"),
        };
    }
}
