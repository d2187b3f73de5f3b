namespace SpeechEmotion.Client.Results;

/// <summary>The model that computed an answer. Every result names it.</summary>
public sealed record ModelIdentity
{
    /// <summary>The folder or catalog name, for example <c>emotion2vec_plus_large</c> or <c>compact</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The arithmetic of the graph, for example <c>fp32</c>.</summary>
    public required string Precision { get; init; }

    /// <summary>The first 16 hexadecimal digits of the SHA-256 of the weights.</summary>
    public required string Hash { get; init; }

    /// <summary>The license of the weights, as the catalog states it.</summary>
    public required string License { get; init; }

    /// <summary>False if the license forbids commercial use; null if that is unknown.</summary>
    public bool? CommercialUse { get; init; }

    /// <summary>How the weights were checked against what their publisher released.</summary>
    public string? Check { get; init; }

    /// <summary>
    /// Whether the imported model gave the same answer to its publisher's example as FunASR; null if it was not compared.
    /// </summary>
    public bool? MatchesReference { get; init; }
}
