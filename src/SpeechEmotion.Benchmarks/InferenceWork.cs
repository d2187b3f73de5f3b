using SpeechEmotion.Models;

namespace SpeechEmotion.Benchmarks;

/// <summary>The amount of arithmetic of a model, if it is known.</summary>
public static class InferenceWork
{
    private const int LargeDimension = 1024;
    private const long LargeParameters = 162_140_185;
    private const double LargeGigaflop = 22.2;

    /// <summary>
    /// Billions of additions and multiplications per second of audio; null for models of another size than emotion2vec_plus_large.
    /// </summary>
    public static double? GigaflopPerSecond(ModelManifest manifest) =>
        manifest is { Dimension: LargeDimension, Parameters: LargeParameters } ? LargeGigaflop : null;
}
