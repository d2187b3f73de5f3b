using System.Security.Cryptography;
using Microsoft.AspNetCore.Authorization;
using Scalar.AspNetCore;
using SpeechEmotion.Server.Access;

namespace SpeechEmotion.Server.Documentation;

/// <summary>The page that documents the REST API: <c>/docs</c>. The server itself serves all its files.</summary>
internal static class DocsPage
{
    public static void MapDocs(this IEndpointRouteBuilder routes) => routes.MapScalarApiReference("/docs", (options, context) =>
    {
        // The page starts with an inline script, which the policy of all other pages forbids.
        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
            "font-src 'self' data:; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";
        options.WithNonce(nonce).WithTitle("SpeechEmotion").DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp()
            .HideModels().HideDeveloperTools().HideClientButton();
    }).RequireAuthorization(AccessPolicies.Rest).ExcludeFromDescription().Finally(Guard);

    /// <summary>Scalar opens its scripts to all callers; they are guarded as the page is.</summary>
    private static void Guard(EndpointBuilder route)
    {
        foreach (var open in route.Metadata.OfType<IAllowAnonymous>().ToArray())
            route.Metadata.Remove(open);
    }
}
