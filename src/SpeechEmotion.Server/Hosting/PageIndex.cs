using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace SpeechEmotion.Server.Hosting;

/// <summary>The page itself, whose files it names below the path by which the server was called: its build names them relative to it.</summary>
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
        var page = (await reader.ReadToEndAsync(context.RequestAborted)).Replace("=\"./", $"=\"{request.PathBase}/", StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(page);
        // It must always be the newest, so it is asked for each time.
        context.Response.Headers.CacheControl = "no-cache";
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\"");
        await TypedResults.Bytes(bytes, "text/html; charset=utf-8", entityTag: tag).ExecuteAsync(context);
    }
}
