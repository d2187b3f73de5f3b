namespace SpeechEmotion.Results;

/// <summary>The scores of one 20 ms frame.</summary>
/// <param name="Start">The start of the frame, in seconds from the start of the recording.</param>
/// <param name="Scores">
/// The nine probabilities of this frame alone; null if it contains no speech and the model did not process the silence.
/// </param>
public sealed record FrameScores(double Start, EmotionScores? Scores);
