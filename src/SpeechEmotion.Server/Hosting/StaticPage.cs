using Microsoft.AspNetCore.StaticFiles;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Hosting;

/// <summary>The page: files beside the program, with headers that keep it to itself.</summary>
internal static class StaticPage
{
    private const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; " +
        "connect-src 'self'; worker-src 'self' blob:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

    public static void UsePage(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            // Added last, so that they stay where an error clears what was set before.
            context.Response.OnStarting(Protect, context.Response);
            return next(context);
        });
        app.UseDefaultFiles();
        app.UseMiddleware<PageIndex>();
        app.UseMiddleware<CompressedFiles>();
        app.UseStaticFiles(new StaticFileOptions { ContentTypeProvider = new CompressedFileTypes(), OnPrepareResponse = Prepare });
    }

    /// <summary>Answers for files of the page that do not exist, so that a caller without a login gets a 404 for them.</summary>
    public static void MapPage(this IEndpointRouteBuilder routes)
    {
        foreach (var path in new[] { "/", "/index.html", "/assets/{**file}" })
            routes.MapGet(path, () => TypedResults.NotFound()).ExcludeFromDescription().AllowAnonymous().WithMetadata(RequestCost.None);
    }

    private static Task Protect(object response)
    {
        var headers = ((HttpResponse)response).Headers;
        // A page that needs a policy of its own has set it.
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return Task.CompletedTask;
    }

    private static void Prepare(StaticFileResponseContext file)
    {
        var headers = file.Context.Response.Headers;
        // Names of built assets change with their content; those of other files do not.
        headers.CacheControl = file.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";
        CompressedFiles.Describe(file);
    }
}
