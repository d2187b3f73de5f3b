using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace SpeechEmotion.Server.Hosting;

/// <summary>
/// Serves a file of the page as the smallest compressed copy that the client accepts: the page's build writes Brotli
/// (<c>.br</c>) and gzip (<c>.gz</c>) copies beside the files. The copies cannot be requested by their own names.
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
        var best = Kinds.FirstOrDefault(kind => Accepts(request, kind.Encoding) && _files.GetFileInfo(path + kind.Suffix).Exists);
        if (best is { Suffix: { } suffix })
            request.Path = path + suffix;
        return next(context);
    }

    /// <summary>Sets the headers of a copy: its encoding, and for caches that the response depends on Accept-Encoding.</summary>
    public static void Describe(StaticFileResponseContext file)
    {
        var response = file.Context.Response;
        response.Headers.Append("Vary", "Accept-Encoding");
        if (SuffixOf(file.File.Name) is { } suffix)
            response.Headers.ContentEncoding = Kinds.First(kind => kind.Suffix == suffix).Encoding;
    }

    /// <summary>Returns the suffix of a compressed copy; null for any other name.</summary>
    public static string? SuffixOf(string name) =>
        Kinds.Select(kind => kind.Suffix).FirstOrDefault(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns whether Accept-Encoding contains an encoding, or <c>*</c>, and does not exclude it.</summary>
    private static bool Accepts(HttpRequest request, string encoding)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        var named = accepted.FirstOrDefault(value => value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase))
            ?? accepted.FirstOrDefault(value => value.Value.Equals("*", StringComparison.Ordinal));
        return named is not null && named.Quality is not 0;
    }
}
