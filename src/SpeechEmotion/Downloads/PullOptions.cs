namespace SpeechEmotion.Downloads;

/// <summary>Options of a model download.</summary>
public sealed record PullOptions
{
    /// <summary>
    /// <c>modelscope</c>, <c>huggingface</c>, or the http(s) address of a folder with the model's files; null for the hub that
    /// answers first.
    /// </summary>
    public string? From { get; init; }

    /// <summary>A server with the hub's API that is asked instead of the hub; no token is sent to it.</summary>
    public string? Mirror { get; init; }

    /// <summary>The proxy to use; null for the proxy of the environment (<c>HTTPS_PROXY</c>, <c>NO_PROXY</c>).</summary>
    public string? Proxy { get; init; }

    /// <summary>
    /// Whether to download only the needed parts of the checkpoint. They cannot be checked against the publisher's hash.
    /// </summary>
    public bool Partial { get; init; }

    /// <summary>Whether to keep the downloaded files in the store's <c>downloads</c> folder after the import.</summary>
    public bool Keep { get; init; }
}
