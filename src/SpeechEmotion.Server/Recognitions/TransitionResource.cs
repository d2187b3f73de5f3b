using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>A change of emotion from one segment of a channel to the next.</summary>
/// <param name="Time">Time of the change, in seconds from the start of the recording.</param>
/// <param name="Channel">Index of the channel.</param>
/// <param name="From">Emotion before the change.</param>
/// <param name="To">Emotion after the change.</param>
/// <param name="Confidence">The smaller of the confidences of the two segments, in [0, 1].</param>
internal sealed record TransitionResource(double Time, int Channel, Emotion From, Emotion To, float Confidence);
