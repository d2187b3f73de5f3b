using SpeechEmotion.Server.Exports.Rows;

namespace SpeechEmotion.Server.Exports.Tables;

/// <summary>A segment of speech and its recording.</summary>
/// <param name="Row">The recording.</param>
/// <param name="Segment">The segment.</param>
internal readonly record struct SegmentRow(BatchRow Row, RowSegment Segment);
