namespace SpeechEmotion.Downloads;

/// <summary>How a model is downloaded.</summary>
public sealed record PullOptions
{
    /// <summary>
    /// <c>modelscope</c>, <c>huggingface</c>, or the http(s) address of a folder with the model's files; null for the hub that
    /// answers first.
    /// </summary>
    public string? From { get; init; }

    /// <summary>A server that speaks as the hub does and is asked instead of it; no token is sent to it.</summary>
    public string? Mirror { get; init; }

    /// <summary>A proxy; null for that of the environment (<c>HTTPS_PROXY</c>, <c>NO_PROXY</c>).</summary>
    public string? Proxy { get; init; }

    /// <summary>Download the needed parts of the checkpoint only. They cannot be checked against the publisher's hash.</summary>
    public bool Partial { get; init; }

    /// <summary>Leave the downloaded files in the store's <c>downloads</c> folder after the import.</summary>
    public bool Keep { get; init; }
}
