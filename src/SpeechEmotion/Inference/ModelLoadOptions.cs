namespace SpeechEmotion.Inference;

/// <summary>How a model is loaded.</summary>
public sealed record ModelLoadOptions
{
    /// <summary>Threads that one inference uses, not negative; 0 for one a core.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// Leaves the weights in the mapped file instead of repacking them for speed: the first answer comes at once, later
    /// ones take up to 40 % longer. For a program that recognises one file and ends.
    /// </summary>
    public bool MapWeights { get; init; }

    /// <summary>What computes the model.</summary>
    /// <value>The processor.</value>
    public ComputeDevice Device { get; init; }
}
