using SpeechEmotion.Models;

namespace SpeechEmotion.Benchmarks;

/// <summary>How much arithmetic a model takes, where that is known.</summary>
public static class InferenceWork
{
    private const int LargeDimension = 1024;
    private const long LargeParameters = 162_140_185;
    private const double LargeGigaflop = 22.2;

    /// <summary>
    /// Billions of additions and multiplications for a second of audio; null for models other than those of
    /// emotion2vec_plus_large's size.
    /// </summary>
    public static double? GigaflopPerSecond(ModelManifest manifest) =>
        manifest is { Dimension: LargeDimension, Parameters: LargeParameters } ? LargeGigaflop : null;
}
