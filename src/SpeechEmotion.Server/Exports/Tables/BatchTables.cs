using SpeechEmotion.Results;
using SpeechEmotion.Server.Exports.Rows;

namespace SpeechEmotion.Server.Exports.Tables;

/// <summary>The tables of an export. A change here needs one in <c>contracts/batch-tables.json</c>.</summary>
internal static class BatchTables
{
    /// <summary>One row per recording with a result.</summary>
    public static ExportTable<BatchRow> Results(IReadOnlyList<MetadataColumn> metadata) => new(
        "results",
        [
            new NumberColumn<BatchRow, int>("item", row => row.Item),
            new TextColumn<BatchRow>("file", row => row.File),
            new TextColumn<BatchRow>("emotion", row => row.Answer!.Emotion.Key()),
            new NumberColumn<BatchRow, float>("confidence", row => row.Answer!.Confidence),
            .. Scores<BatchRow>(row => row.Answer!.Scores),
            new NumberColumn<BatchRow, double>("duration", row => row.Answer!.Duration),
            new TextColumn<BatchRow>("granularity", row => row.Answer!.Granularity),
            new NumberColumn<BatchRow, double>("speech", row => row.Answer!.Timeline?.Speech, nullable: true),
            new NumberColumn<BatchRow, int>("segments", row => row.Answer!.Timeline?.Count, nullable: true),
            new TextColumn<BatchRow>("dominant", row => row.Answer!.Dominant?.Emotion.Key(), nullable: true),
            new NumberColumn<BatchRow, float>("dominant_share", row => row.Answer!.Dominant?.Share, nullable: true),
            new TextColumn<BatchRow>("quality", row => Joined(row.Answer!.Quality), nullable: true),
            new TextColumn<BatchRow>("speech_only_emotion", row => row.Answer!.SpeechOnly?.Key(), nullable: true),
            new TextColumn<BatchRow>("model", row => row.Answer!.Model.Id),
            new TextColumn<BatchRow>("precision", row => row.Answer!.Model.Precision),
            new TextColumn<BatchRow>("model_hash", row => row.Answer!.Model.Hash),
            new TextColumn<BatchRow>("sha256", row => row.Sha256, nullable: true),
            new NumberColumn<BatchRow, int>("same_as", row => row.SameAs, nullable: true),
            .. Metadata(metadata),
        ],
        row => row.Answer is null ? [] : [row]);

    /// <summary>One row per recording without a result.</summary>
    /// <param name="metadata">The columns of the manifest.</param>
    /// <param name="language">The language of the messages.</param>
    public static ExportTable<BatchRow> Failures(IReadOnlyList<MetadataColumn> metadata, string language) => new(
        "failed",
        [
            new NumberColumn<BatchRow, int>("item", row => row.Item),
            new TextColumn<BatchRow>("file", row => row.File),
            new TextColumn<BatchRow>("code", row => row.Failure!.Code),
            new TextColumn<BatchRow>("message", row => row.Failure!.MessageIn(language)),
            .. Metadata(metadata),
        ],
        row => row.Failure is null ? [] : [row]);

    /// <summary>One row per segment of speech.</summary>
    public static ExportTable<SegmentRow> Segments() => new(
        "segments",
        [
            new NumberColumn<SegmentRow, int>("item", row => row.Row.Item),
            new TextColumn<SegmentRow>("file", row => row.Row.File),
            new NumberColumn<SegmentRow, int>("segment", row => row.Segment.Number),
            new NumberColumn<SegmentRow, int>("channel", row => row.Segment.Channel),
            new TextColumn<SegmentRow>("role", row => row.Segment.Role),
            new NumberColumn<SegmentRow, double>("start", row => row.Segment.Start),
            new NumberColumn<SegmentRow, double>("end", row => row.Segment.End),
            new TextColumn<SegmentRow>("emotion", row => row.Segment.Emotion.Key()),
            new NumberColumn<SegmentRow, float>("confidence", row => row.Segment.Confidence),
            .. Scores<SegmentRow>(row => row.Segment.Scores),
        ],
        row => row.Answer?.Timeline?.Segments.Select(segment => new SegmentRow(row, segment)) ?? []);

    /// <summary>One row per change of emotion.</summary>
    public static ExportTable<TransitionRow> Transitions() => new(
        "transitions",
        [
            new NumberColumn<TransitionRow, int>("item", row => row.Row.Item),
            new TextColumn<TransitionRow>("file", row => row.Row.File),
            new NumberColumn<TransitionRow, int>("channel", row => row.Transition.Channel),
            new TextColumn<TransitionRow>("role", row => row.Transition.Role),
            new NumberColumn<TransitionRow, double>("time", row => row.Transition.Time),
            new TextColumn<TransitionRow>("from", row => row.Transition.From.Key()),
            new TextColumn<TransitionRow>("to", row => row.Transition.To.Key()),
            new NumberColumn<TransitionRow, float>("confidence", row => row.Transition.Confidence),
        ],
        row => row.Answer?.Timeline?.Transitions.Select(transition => new TransitionRow(row, transition)) ?? []);

    /// <summary>One row per row of the embeddings. The table counts them, so each file needs a table of its own.</summary>
    public static ExportTable<EmbeddingRow> EmbeddingIndex()
    {
        var count = 0;
        return new(
            "embeddings.index",
            [
                new NumberColumn<EmbeddingRow, int>("row", row => row.Number),
                new NumberColumn<EmbeddingRow, int>("item", row => row.Row.Item),
                new TextColumn<EmbeddingRow>("file", row => row.Row.File),
                new TextColumn<EmbeddingRow>("emotion", row => row.Row.Answer!.Emotion.Key()),
            ],
            row => HasEmbedding(row) ? [new(count++, row)] : []);
    }

    /// <summary>Whether the recording has a row in the embeddings.</summary>
    public static bool HasEmbedding(BatchRow row) => row is { Answer: not null, Embedding.Length: > 0 };

    private static IEnumerable<Column<T>> Scores<T>(Func<T, float[]> scores) => EmotionNames.All.Select(
        emotion => new NumberColumn<T, float>($"score_{emotion.Key()}", row => scores(row)[(int)emotion]));

    private static IEnumerable<Column<BatchRow>> Metadata(IReadOnlyList<MetadataColumn> columns) => columns.Select(
        column => new TextColumn<BatchRow>(column.Name, row => row.Metadata.GetValueOrDefault(column.Key), nullable: true));

    private static string? Joined(IReadOnlyList<string> reasons) => reasons.Count == 0 ? null : string.Join(' ', reasons);
}
