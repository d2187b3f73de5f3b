namespace SpeechEmotion.Server.Storage;

/// <summary>How much work waits, and for how long.</summary>
/// <param name="Waiting">Recognitions or chunks that no program has.</param>
/// <param name="Running">Those that a program has.</param>
/// <param name="Oldest">
/// How long the oldest recognition that waits has waited, or how long ago the oldest batch with a waiting chunk was created.
/// </param>
/// <param name="Idle">How long some have waited while no program had any.</param>
public sealed record WorkDepth(int Waiting, int Running, TimeSpan Oldest, TimeSpan Idle);
