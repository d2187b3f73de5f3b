using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>A stretch of speech with one emotion.</summary>
/// <param name="Channel">Index of its channel.</param>
/// <param name="Start">Its start, in seconds from the start of the recording.</param>
/// <param name="End">Its end, in seconds.</param>
/// <param name="Emotion">The most probable emotion.</param>
/// <param name="Confidence">Its probability, in [0, 1].</param>
/// <param name="Scores">All nine probabilities.</param>
/// <param name="Quality">Reasons why the answer may be weak.</param>
internal sealed record TimelineSegmentResource(
    int Channel, double Start, double End, Emotion Emotion, float Confidence, ScoresResource Scores, IReadOnlyList<BilingualNoteResource> Quality);
