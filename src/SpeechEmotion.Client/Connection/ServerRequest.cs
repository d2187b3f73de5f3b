namespace SpeechEmotion.Client.Connection;

/// <summary>A request that can be sent several times.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path below the address of the server, with its query.</param>
internal sealed record ServerRequest(HttpMethod Method, string Path)
{
    /// <summary>Creates the body, anew for each attempt; null for none.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>The key by which the server recognizes a repeated request; null for a request that needs none.</summary>
    public string? Key { get; init; }

    /// <summary>Whether the server answers before the result is ready.</summary>
    public bool RespondsAsync { get; init; }

    /// <summary>Whether the body has recordings: it may take long, and the server should refuse it before it is sent.</summary>
    public bool IsUpload { get; init; }

    /// <summary>Whether the answer is a file, which the server may need long to begin.</summary>
    public bool IsDownload { get; init; }

    /// <summary>Whether the body can be created again.</summary>
    public bool IsRepeatable { get; init; } = true;
}
