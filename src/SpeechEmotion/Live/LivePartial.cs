using SpeechEmotion.Results;

namespace SpeechEmotion.Live;

/// <summary>A partial result: the scores of the latest seconds, which later segments may contradict.</summary>
/// <param name="Start">The start of the window, in seconds from the start of the stream.</param>
/// <param name="End">The end of the window, in seconds.</param>
/// <param name="Scores">The nine probabilities; null if the window contains no speech.</param>
public sealed record LivePartial(double Start, double End, EmotionScores? Scores) : LiveResult(Start, End);
