namespace SpeechEmotion.Server.Live;

/// <summary>The OpenAPI description of the messages of a live stream.</summary>
internal static class LiveDescription
{
    /// <summary>Describes the response as a WebSocket with live messages, of which the client sends the first.</summary>
    public static RouteHandlerBuilder CarriesLiveMessages(this RouteHandlerBuilder route) => route
        .Produces<LiveMessage>(101, "application/json")
        .AddOpenApiOperationTransformer(async (_, context, ct) => context.Document!.AddComponent(
            nameof(LiveStreamRequest), await context.GetOrCreateSchemaAsync(typeof(LiveStreamRequest), null, ct)));
}
