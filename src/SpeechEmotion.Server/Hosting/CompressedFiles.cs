using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace SpeechEmotion.Server.Hosting;

/// <summary>
/// Answers a request for a file of the page with the smallest copy beside it that the client takes: the page's build lays Brotli
/// (<c>.br</c>) and gzip (<c>.gz</c>) copies there. They have no address of their own.
/// </summary>
internal sealed class CompressedFiles(RequestDelegate next, IWebHostEnvironment environment)
{
    private static readonly (string Encoding, string Suffix)[] Kinds = [("br", ".br"), ("gzip", ".gz")];

    private readonly IFileProvider _files = environment.WebRootFileProvider;

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            return next(context);
        var path = request.Path.Value ?? "";
        if (SuffixOf(path) is not null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        if (Kinds.FirstOrDefault(kind => Takes(request, kind.Encoding) && _files.GetFileInfo(path + kind.Suffix).Exists) is { Suffix: { } suffix })
            request.Path = path + suffix;
        return next(context);
    }

    /// <summary>Says what is sent, and to caches between that others may get another copy.</summary>
    public static void Describe(StaticFileResponseContext file)
    {
        var response = file.Context.Response;
        response.Headers.Append("Vary", "Accept-Encoding");
        if (SuffixOf(file.File.Name) is { } suffix)
            response.Headers.ContentEncoding = Kinds.First(kind => kind.Suffix == suffix).Encoding;
    }

    /// <summary>The ending of a compressed copy; null where the name is none of one.</summary>
    public static string? SuffixOf(string name) =>
        Kinds.Select(kind => kind.Suffix).FirstOrDefault(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether Accept-Encoding names an encoding, or all, and does not rule it out.</summary>
    private static bool Takes(HttpRequest request, string encoding)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        var named = accepted.FirstOrDefault(value => value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase))
            ?? accepted.FirstOrDefault(value => value.Value.Equals("*", StringComparison.Ordinal));
        return named is not null && named.Quality is not 0;
    }
}
