namespace SpeechEmotion.Models;

/// <summary>FunASR's answer, with the released weights, to the example that their publisher provides.</summary>
/// <param name="Example">The path of the recording in the model's repository, for example <c>example/test.wav</c>.</param>
/// <param name="Scores">The probability of each label in the order of the model's labels, 0 to 1, above 0.</param>
public sealed record ModelReference(string Example, IReadOnlyList<double> Scores);
