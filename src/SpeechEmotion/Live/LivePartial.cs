using SpeechEmotion.Results;

namespace SpeechEmotion.Live;

/// <summary>How things stand at the moment: the scores of the latest seconds, which later segments may contradict.</summary>
/// <param name="Start">Where the window begins, in seconds from the start of the stream.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Scores">The nine probabilities; null where nobody spoke in the window.</param>
public sealed record LivePartial(double Start, double End, EmotionScores? Scores) : LiveResult(Start, End);
