namespace SpeechEmotion.Server.Http;

/// <summary>Metadata of a route: which limits its requests count for.</summary>
/// <param name="Open">The limit of open requests.</param>
/// <param name="Rate">The limit of requests per minute.</param>
internal sealed record RequestCost(bool Open = true, bool Rate = true)
{
    /// <summary>Probes and files of the page: short, and needed at any time.</summary>
    public static RequestCost None { get; } = new(Open: false, Rate: false);

    /// <summary>Logging in and out: short, and a client that is refused must be able to log in.</summary>
    public static RequestCost Short { get; } = new(Open: false);

    /// <summary>Streams that wait for events.</summary>
    public static RequestCost Waiting { get; } = new(Rate: false);

    /// <summary>The cost of a request.</summary>
    public static RequestCost Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<RequestCost>() ?? Default;

    private static RequestCost Default { get; } = new();
}
