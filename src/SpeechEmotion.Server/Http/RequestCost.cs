namespace SpeechEmotion.Server.Http;

/// <summary>Route metadata: the limits that requests to the route count against.</summary>
/// <param name="Open">Whether they count against the limit of open requests.</param>
/// <param name="Rate">Whether they count against the limit of requests per minute.</param>
internal sealed record RequestCost(bool Open = true, bool Rate = true)
{
    /// <summary>The cost of probes and of the page's files: short, and needed at any time.</summary>
    public static RequestCost None { get; } = new(Open: false, Rate: false);

    /// <summary>The cost of logging in and out: short, and a refused client must be able to log in.</summary>
    public static RequestCost Short { get; } = new(Open: false);

    /// <summary>The cost of streams that wait for events.</summary>
    public static RequestCost Waiting { get; } = new(Rate: false);

    /// <summary>Returns the cost of a request.</summary>
    public static RequestCost Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<RequestCost>() ?? Default;

    private static RequestCost Default { get; } = new();
}
