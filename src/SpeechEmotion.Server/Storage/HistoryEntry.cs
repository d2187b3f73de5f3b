using System.Text.Json;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Storage;

/// <summary>A recognition in the database: searchable values in columns, and the complete recognition as a JSON document.</summary>
public sealed class HistoryEntry
{
    /// <summary>Identifier of the recognition.</summary>
    public required string Id { get; set; }

    /// <summary>Time of the request in milliseconds since 1970 (SQLite cannot order times with offsets).</summary>
    public required long Created { get; set; }

    /// <summary>State of the recognition.</summary>
    public required RecognitionState State { get; set; }

    /// <summary>File name of the recording, as given by the client.</summary>
    public required string FileName { get; set; }

    /// <summary>The most probable emotion; null without a result.</summary>
    public Emotion? Emotion { get; set; }

    /// <summary>The emotion of most of the speech; null if the recording was processed as a whole, or without a result.</summary>
    public Emotion? Dominant { get; set; }

    /// <summary>Probability of <see cref="Emotion"/>; null without a result.</summary>
    public float? Confidence { get; set; }

    /// <summary>The whole document as JSON.</summary>
    public required string Document { get; set; }

    /// <summary>Whether <see cref="HistoryContext.Segments"/> contains all segments of the recognition, or it has none.</summary>
    public bool SegmentsStored { get; set; }

    /// <summary>The program that processes the recognition, or will; null if any program may take it.</summary>
    public string? Worker { get; set; }

    /// <summary>Whether a client cancelled the recognition through another program than the one that processes it.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>Stable code of the error; null if there is none, or an older version stored it.</summary>
    public string? Code { get; set; }

    /// <summary>Whether the state is final.</summary>
    internal bool IsFinal => State is RecognitionState.Done or RecognitionState.Failed or RecognitionState.Cancelled;

    internal static HistoryEntry Of(RecognitionDocument document)
    {
        var entry = new HistoryEntry { Id = document.Id, Created = 0, State = document.State, FileName = "", Document = "" };
        entry.Fill(document);
        return entry;
    }

    internal void Fill(RecognitionDocument document)
    {
        Created = document.Created.ToUnixTimeMilliseconds();
        State = document.State;
        FileName = document.FileName;
        Emotion = document.Emotion;
        Dominant = document.Dominant?.Emotion;
        Confidence = document.Confidence;
        Code = document.Error?.Code;
        Document = JsonSerializer.Serialize(document, HistoryJsonContext.Default.RecognitionDocument);
    }

    /// <summary>
    /// Reads the document. A damaged one must not hide the others, so it becomes a failed recognition that reports the damage.
    /// </summary>
    internal RecognitionDocument ToDocument()
    {
        try
        {
            if (JsonSerializer.Deserialize(Document, HistoryJsonContext.Default.RecognitionDocument) is { } document)
                return document;
        }
        catch (JsonException)
        {
            // Reported below.
        }
        return new RecognitionDocument
        {
            Id = Id,
            State = RecognitionState.Failed,
            FileName = FileName,
            Size = 0,
            Created = LocalTime.Of(Created),
            Granularity = Granularity.Utterance,
            Embedding = false,
            Version = ProductVersion.Text,
        }.With(HistoryErrors.Damaged());
    }
}
