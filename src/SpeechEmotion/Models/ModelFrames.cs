namespace SpeechEmotion.Models;

/// <summary>What a model gave for one waveform; one row each 20 ms.</summary>
/// <param name="Count">Number of frames, T.</param>
/// <param name="Features">float32 (T, dimension), row by row.</param>
/// <param name="Logits">float32 (T, labels), row by row, before any masking; empty without a head.</param>
public sealed record ModelFrames(int Count, ReadOnlyMemory<float> Features, ReadOnlyMemory<float> Logits);
