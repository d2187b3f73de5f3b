namespace SpeechEmotion.Live;

/// <summary>Something that is told about a live stream: <see cref="LivePartial"/> or <see cref="LiveSegment"/>.</summary>
/// <param name="Start">Where it begins, in seconds from the start of the stream.</param>
/// <param name="End">Where it ends.</param>
public abstract record LiveResult(double Start, double End);
