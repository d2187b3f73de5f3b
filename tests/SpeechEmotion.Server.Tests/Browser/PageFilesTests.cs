using System.Net;
using System.Text.RegularExpressions;
using Shouldly;
using SpeechEmotion.Server.Tests.Access;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>The server sends the page's files compressed, and browsers cache them.</summary>
public sealed class PageFilesTests(PageServer pages) : IClassFixture<PageServer>
{
    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("GZIP;q=0.5", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("*", "br")]
    [InlineData("*;q=0", null)]
    [InlineData("identity", null)]
    [InlineData("deflate", null)]
    [InlineData("", null)]
    [InlineData("br;q=x", null)]
    public async Task Script_ByAcceptEncoding_IsTheSmallestCopy(string accepted, string? encoding)
    {
        var script = await ScriptAsync();

        using var response = await pages.Running.SendAsync("GET", script, ("Accept-Encoding", accepted));
        using var plain = await pages.Running.SendAsync("GET", script);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(encoding);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        response.Headers.Vary.ShouldContain("Accept-Encoding");
        response.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        (await UnpackedAsync(response)).ShouldBe(await plain.BytesAsync());
    }

    [Theory]
    [InlineData("br")]
    [InlineData("")]
    public async Task Page_Unchanged_IsNotSentAgain(string accepted)
    {
        using var first = await pages.Running.SendAsync("GET", "/", ("Accept-Encoding", accepted));
        using var again = await pages.Running.SendAsync(
            "GET", "/", ("Accept-Encoding", accepted), ("If-None-Match", $"{first.Headers.ETag}"));

        first.Headers.CacheControl!.NoCache.ShouldBeTrue();
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task CompressedCopy_ByItsOwnName_IsNotFound()
    {
        using var response = await pages.Running.SendAsync("GET", await ScriptAsync() + ".br");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Start_Compressed_TakesAThirdOfTheBytes()
    {
        using var page = await pages.Running.SendAsync("GET", "/");
        var links = Regex.Matches(await page.TextAsync(), "(?:src|href)=\"/([^\"]+)\"");
        string[] files = ["/", .. links.Select(match => "/" + match.Groups[1].Value)];
        var (plain, packed) = (0L, 0L);
        foreach (var file in files)
        {
            using var whole = await pages.Running.SendAsync("GET", file);
            using var small = await pages.Running.SendAsync("GET", file, ("Accept-Encoding", "br"));
            plain += (await whole.BytesAsync()).Length;
            packed += (await small.BytesAsync()).Length;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{plain} bytes, {packed} compressed");
        packed.ShouldBeLessThan(plain / 3);
    }

    private static async Task<byte[]> UnpackedAsync(HttpResponseMessage response)
    {
        await using var body = await response.Content.ReadAsStreamAsync();
        await using Stream unpacked = response.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new System.IO.Compression.BrotliStream(body, System.IO.Compression.CompressionMode.Decompress),
            "gzip" => new System.IO.Compression.GZipStream(body, System.IO.Compression.CompressionMode.Decompress),
            _ => body,
        };
        using var bytes = new MemoryStream();
        await unpacked.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private async Task<string> ScriptAsync()
    {
        using var page = await pages.Running.SendAsync("GET", "/");
        return "/" + Regex.Match(await page.TextAsync(), "src=\"/(assets/[^\"]+\\.js)\"").Groups[1].Value;
    }
}
