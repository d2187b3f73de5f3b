using System.Security.Cryptography;
using Scalar.AspNetCore;

namespace SpeechEmotion.Server.Documentation;

/// <summary>The page that shows the REST interface: <c>/docs</c>. All of it comes from here; it calls no other machine.</summary>
internal static class DocsPage
{
    public static void MapDocs(this IEndpointRouteBuilder routes) => routes.MapScalarApiReference("/docs", (options, context) =>
    {
        // Its start is an inline script, which no other page may have.
        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
            "font-src 'self' data:; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";
        options.WithNonce(nonce).WithTitle("SpeechEmotion").DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp()
            .HideModels().HideDeveloperTools().HideClientButton();
    }).ExcludeFromDescription();
}
