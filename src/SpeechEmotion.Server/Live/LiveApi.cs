using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Live;

/// <summary><c>WS /api/v1/live</c>.</summary>
internal static class LiveApi
{
    private const string Path = "/api/v1/live";

    /// <summary>The interval of keep-alive frames: a failed write reveals a client that disconnected silently.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddLive(this IServiceCollection services) => services
        .AddJson(LiveJsonContext.Default).AddSingleton(new LiveLimits()).AddSingleton<LiveMetrics>().AddSingleton<LiveStreams>();

    public static IEndpointRouteBuilder MapLive(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ServeAsync).WithTags("Live").GuardRest()
            .WithName("RecognizeLive").WithSummary("Recognize a live stream over a WebSocket")
            .WithDescription(
                "The client first sends a `LiveStreamRequest` as text, then samples as binary messages, and at the end "
                + "a `LiveClientMessage` as text. Each text message from the server is a `LiveMessage`.")
            .CarriesLiveMessages().ProducesProblem(426).DisableHttpMetrics();
        // A WebSocket over HTTP/2.
        routes.MapMethods(Path, [HttpMethods.Connect], ServeAsync).RequireAuthorization(AccessPolicies.Rest)
            .ExcludeFromDescription().DisableHttpMetrics();
        return routes;
    }

    private static async Task ServeAsync(HttpContext context, [FromServices] LiveStreams streams)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            // A browser hides from a page why a WebSocket was refused; a plain HTTP request receives the reason here.
            streams.ShouldTakeOneMore();
            context.Response.Headers.Upgrade = "websocket";
            await ProblemAnswers.WriteAsync(context, LiveErrors.NotWebSocket());
            return;
        }
        streams.Enter();
        try
        {
            // Over HTTP/2 the whole stream is one body.
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
                size.MaxRequestBodySize = null;
            using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = KeepAlive });
            await streams.ServeAsync(socket, context.Language(), context.RequestAborted);
        }
        finally
        {
            streams.Leave();
        }
    }
}
