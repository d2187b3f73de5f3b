namespace SpeechEmotion.Live;

/// <summary>A result of a live stream: <see cref="LivePartial"/> or <see cref="LiveSegment"/>.</summary>
/// <param name="Start">The start, in seconds from the start of the stream.</param>
/// <param name="End">The end, in seconds.</param>
public abstract record LiveResult(double Start, double End);
