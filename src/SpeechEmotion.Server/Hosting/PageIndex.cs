using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace SpeechEmotion.Server.Hosting;

/// <summary>
/// Serves the page's HTML. The build references the page's files by relative paths; this replaces them with paths below the base
/// path of the request.
/// </summary>
internal sealed class PageIndex(RequestDelegate next, IWebHostEnvironment environment)
{
    private const string Path = "/index.html";

    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var file = environment.WebRootFileProvider.GetFileInfo(Path);
        if (!(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) || request.Path != Path || !file.Exists)
        {
            await next(context);
            return;
        }
        using var reader = new StreamReader(file.CreateReadStream());
        var page = await reader.ReadToEndAsync(context.RequestAborted);
        var bytes = Encoding.UTF8.GetBytes(page.Replace("=\"./", $"=\"{request.PathBase}/", StringComparison.Ordinal));
        // The browser must always use the newest version, so it revalidates each time.
        context.Response.Headers.CacheControl = "no-cache";
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\"");
        await TypedResults.Bytes(bytes, "text/html; charset=utf-8", entityTag: tag).ExecuteAsync(context);
    }
}
