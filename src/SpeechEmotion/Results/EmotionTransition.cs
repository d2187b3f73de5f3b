namespace SpeechEmotion.Results;

/// <summary>A change of emotion from one segment of a channel to the next.</summary>
/// <param name="Time">The start of the next segment, in seconds.</param>
/// <param name="Channel">The index of the channel.</param>
/// <param name="From">The emotion before.</param>
/// <param name="To">The emotion after.</param>
/// <param name="Confidence">The smaller of the two segments' confidences, in [0, 1].</param>
public sealed record EmotionTransition(double Time, int Channel, Emotion From, Emotion To, float Confidence);
