using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>A stretch of speech with one emotion.</summary>
/// <param name="Channel">Index of the channel.</param>
/// <param name="Start">Start, in seconds from the start of the recording.</param>
/// <param name="End">End, in seconds from the start of the recording.</param>
/// <param name="Emotion">Most probable emotion.</param>
/// <param name="Confidence">Probability of that emotion, in [0, 1].</param>
/// <param name="Scores">Probabilities of all nine emotions.</param>
/// <param name="Quality">Reasons why the result may be unreliable.</param>
internal sealed record TimelineSegmentResource(
    int Channel, double Start, double End, Emotion Emotion, float Confidence, ScoresResource Scores,
    IReadOnlyList<BilingualNoteResource> Quality);
