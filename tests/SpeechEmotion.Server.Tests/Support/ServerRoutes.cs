using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>The routes in a server's own table, so that a test of all routes also covers new ones.</summary>
internal static class ServerRoutes
{
    /// <summary>Each method and path of the server.</summary>
    /// <param name="server">The running server.</param>
    /// <param name="value">The value of each parameter in the path.</param>
    public static (string Method, string Path)[] Routes(this RunningServer server, string value) =>
    [
        .. (from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            let file = Regex.Replace(endpoint.RoutePattern.RawText!, @"\{\w+:regex\(\^file=\)\}", "file=")
            let path = "/" + Regex.Replace(file, @"\{[^}]*\}", _ => value).TrimStart('/')
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"]
            // The WebSocket route over HTTP/2; an HTTP/1.1 request cannot use it.
            where method != "CONNECT"
            select (method, path.Length > 1 ? path.TrimEnd('/') : path)).Distinct(),
    ];
}
