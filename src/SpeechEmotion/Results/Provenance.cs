namespace SpeechEmotion.Results;

/// <summary>
/// Where an answer comes from, beside its model (<see cref="Recognition.Model"/>): enough to tell later that it belongs to a
/// recording, and to compute it again.
/// </summary>
public sealed record Provenance
{
    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>What computed it: <c>cpu</c> or <c>cuda</c>.</summary>
    public required string Device { get; init; }

    /// <summary>The engine with its version, for example <c>ONNX Runtime 1.31.1</c>; null for a model that needs none.</summary>
    public string? Runtime { get; init; }

    /// <summary>The recording; null for samples in memory, and where its bytes could not be read a second time.</summary>
    public SourceFingerprint? Source { get; init; }

    /// <summary>How it became what the model heard.</summary>
    public required DecodedAudio Decoding { get; init; }

    /// <summary>How it was recognised.</summary>
    public required AppliedOptions Options { get; init; }

    /// <summary>What the model heard; null where it was not kept.</summary>
    public ProcessedAudio? ProcessedAudio { get; init; }
}
