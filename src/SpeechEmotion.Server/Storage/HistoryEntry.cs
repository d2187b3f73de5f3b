using System.Text.Json;
using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Storage;

/// <summary>A recognition in the database: what is searched for stands in columns, all of it in the document.</summary>
public sealed class HistoryEntry
{
    /// <summary>The recognition's name.</summary>
    public required string Id { get; set; }

    /// <summary>When it was asked for, in milliseconds since 1970 (SQLite cannot order times with zones).</summary>
    public required long Created { get; set; }

    /// <summary>How far it is.</summary>
    public required RecognitionState State { get; set; }

    /// <summary>What its sender calls the recording.</summary>
    public required string FileName { get; set; }

    /// <summary>The most probable emotion; null without a result.</summary>
    public Emotion? Emotion { get; set; }

    /// <summary>Its probability.</summary>
    public float? Confidence { get; set; }

    /// <summary>The whole document as JSON.</summary>
    public required string Document { get; set; }

    /// <summary>Whether nothing is missing in <see cref="HistoryContext.Segments"/>: its segments are there, or it has none.</summary>
    public bool SegmentsStored { get; set; }

    internal static HistoryEntry Of(RecognitionDocument record)
    {
        var entry = new HistoryEntry { Id = record.Id, Created = 0, State = record.State, FileName = "", Document = "" };
        entry.Fill(record);
        return entry;
    }

    internal void Fill(RecognitionDocument record)
    {
        Created = record.Created.ToUnixTimeMilliseconds();
        State = record.State;
        FileName = record.FileName;
        Emotion = record.Emotion;
        Confidence = record.Confidence;
        Document = JsonSerializer.Serialize(record, HistoryJsonContext.Default.RecognitionDocument);
    }

    /// <summary>What was written. One damaged document must not hide all others, so it becomes a record that says so.</summary>
    internal RecognitionDocument ToDocument()
    {
        try
        {
            if (JsonSerializer.Deserialize(Document, HistoryJsonContext.Default.RecognitionDocument) is { } record)
                return record;
        }
        catch (JsonException)
        {
            // Below.
        }
        return new RecognitionDocument
        {
            Id = Id,
            State = RecognitionState.Failed,
            FileName = FileName,
            Size = 0,
            Created = DateTimeOffset.FromUnixTimeMilliseconds(Created).ToLocalTime(),
            Granularity = Granularity.Utterance,
            Embedding = false,
            Version = ProductVersion.Text,
        }.With(HistoryErrors.Damaged());
    }
}
