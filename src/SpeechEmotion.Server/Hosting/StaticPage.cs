using Microsoft.AspNetCore.StaticFiles;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Hosting;

/// <summary>Serves the page: files beside the program, with headers that isolate it from other sites.</summary>
internal static class StaticPage
{
    private const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; " +
        "connect-src 'self'; worker-src 'self' blob:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void UsePage(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            // Set when the response starts, so that they remain if an error clears the headers set before.
            context.Response.OnStarting(Protect, context.Response);
            return next(context);
        });
        app.UseDefaultFiles();
        app.UseMiddleware<PageIndex>();
        app.UseMiddleware<CompressedFiles>();
        app.UseStaticFiles(new StaticFileOptions { ContentTypeProvider = new CompressedFileTypes(), OnPrepareResponse = Prepare });
    }

    /// <summary>Maps routes for missing files of the page, so that a caller without a login receives a 404 for them.</summary>
    public static void MapPage(this IEndpointRouteBuilder routes)
    {
        foreach (var path in new[] { "/", "/index.html", "/assets/{**file}" })
            routes.MapMethods(path, Methods, () => TypedResults.NotFound())
                .ExcludeFromDescription().AllowAnonymous().WithMetadata(RequestCost.None);
    }

    private static Task Protect(object response)
    {
        var headers = ((HttpResponse)response).Headers;
        // A page that needs its own policy has already set it.
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return Task.CompletedTask;
    }

    private static void Prepare(StaticFileResponseContext file)
    {
        var headers = file.Context.Response.Headers;
        // The names of built assets change with their contents; the names of other files do not.
        headers.CacheControl = file.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";
        CompressedFiles.Describe(file);
    }
}
