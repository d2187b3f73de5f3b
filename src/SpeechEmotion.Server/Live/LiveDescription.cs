namespace SpeechEmotion.Server.Live;

/// <summary>The OpenAPI description of the messages of a live stream.</summary>
internal static class LiveDescription
{
    private static readonly Type[] ClientMessages = [typeof(LiveStreamRequest), typeof(LiveClientMessage)];

    /// <summary>The response is a WebSocket with live messages; the client sends the first one.</summary>
    public static RouteHandlerBuilder CarriesLiveMessages(this RouteHandlerBuilder route) => route
        .Produces<LiveMessage>(101, "application/json")
        .AddOpenApiOperationTransformer(async (_, context, ct) =>
        {
            foreach (var type in ClientMessages)
                context.Document!.AddComponent(type.Name, await context.GetOrCreateSchemaAsync(type, null, ct));
        });
}
