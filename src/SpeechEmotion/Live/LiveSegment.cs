using SpeechEmotion.Results;

namespace SpeechEmotion.Live;

/// <summary>A stretch of speech that has ended; nothing of it changes any more.</summary>
/// <param name="Segment">The segment: the same as of a file with the same sound that is recognised by segments.</param>
public sealed record LiveSegment(TimelineSegment Segment) : LiveResult(Segment.Start, Segment.End);
