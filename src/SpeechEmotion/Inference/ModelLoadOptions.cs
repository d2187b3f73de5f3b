namespace SpeechEmotion.Inference;

/// <summary>Options for loading a model.</summary>
public sealed record ModelLoadOptions
{
    /// <summary>The number of threads per inference, not negative; 0 for one per core.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// Whether to leave the weights in the mapped file instead of repacking them for speed: the first inference starts at once, later
    /// ones take up to 40 % longer. For a program that recognizes one file and exits.
    /// </summary>
    public bool MapWeights { get; init; }

    /// <summary>The device that runs the model.</summary>
    /// <value>The CPU.</value>
    public ComputeDevice Device { get; init; }
}
