using SpeechEmotion.Results;

namespace SpeechEmotion.Live;

/// <summary>A segment of speech that has ended; it no longer changes.</summary>
/// <param name="Segment">The segment, identical to that of a file with the same sound that is recognized by segments.</param>
public sealed record LiveSegment(TimelineSegment Segment) : LiveResult(Segment.Start, Segment.End);
