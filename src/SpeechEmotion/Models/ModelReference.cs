namespace SpeechEmotion.Models;

/// <summary>What FunASR answers with the released weights to the example that their publisher gives out beside them.</summary>
/// <param name="Example">The recording: its path in the model's repository, for example <c>example/test.wav</c>.</param>
/// <param name="Scores">Probability of each label in the order of the model's labels, 0 to 1, above 0.</param>
public sealed record ModelReference(string Example, IReadOnlyList<double> Scores);
