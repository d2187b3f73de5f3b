namespace SpeechEmotion.Client.Results;

/// <summary>
/// The origin of an answer, in addition to its model: enough to verify later that it belongs to a recording, and to compute it again.
/// </summary>
public sealed record Provenance
{
    /// <summary>The version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>The device that computed the answer: <c>cpu</c> or <c>cuda</c>.</summary>
    public required string Device { get; init; }

    /// <summary>The engine with its version, for example <c>ONNX Runtime 1.31.1</c>; null for a model that needs none.</summary>
    public string? Runtime { get; init; }

    /// <summary>The recording; null for samples in memory, and if its bytes could not be read a second time.</summary>
    public SourceFingerprint? Source { get; init; }

    /// <summary>How the recording was turned into the sound that the model processed.</summary>
    public required DecodedAudio Decoding { get; init; }

    /// <summary>The options of the recognition.</summary>
    public required AppliedOptions Options { get; init; }

    /// <summary>The sound that the model processed; null if it was not stored.</summary>
    public ProcessedAudio? ProcessedAudio { get; init; }
}
