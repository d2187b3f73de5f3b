using System.Net;
using System.Text;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Http;

/// <summary>Each route with each malformed path, query, header and body: these are client errors, so no response is a 5xx.</summary>
public sealed class MalformedRequestTests
{
    /// <summary>The name that Gradio's routes know; with any other name they ignore the rest of the request.</summary>
    private const string Known = "predict";

    private static readonly string[] PathValues =
    [
        "x", "%00", "%ff", "%C0%AF", "..%2F..%2Fetc%2Fpasswd", "..%5C..%5C", "a%0D%0Ab", "%F0%9F%98%80", "%25", "%7B0%7D", "-1",
        "99999999999999999999", "NaN", "'%22%3B--", new('a', 4000),
    ];

    private static readonly string[] Queries =
    [
        "?page=99999999999&page_size=99999999999", "?page=-1&page_size=0", "?page=2147483647&page_size=100", "?page=1e3",
        "?page=1&page=2", "?from=9999-12-31T23:59:59-23:59", "?from=0001-01-01T00:00:00%2B14:00&to=x", "?from=%00",
        "?min_confidence=NaN&max_confidence=Infinity", "?min_confidence=1,5", "?name=%00%ff%27%25_",
        "?emotion=%F0%9F%98%80&state=7", "?granularity=x&segments=y&channels=z", "?silence=&language=xx", "?format=..%2F..%2F",
        "?session_hash=%00", "?session_hash=", "?=&&%00=%00&a[]=1", "?x=%ZZ", "?id=" + new string('9', 3000),
    ];

    private static readonly (string Name, string Value)[] Headers =
    [
        ("Range", "bytes=99999999999999999999-"), ("Range", "bytes=5-2"), ("Range", "x=1"), ("If-None-Match", "x"),
        ("If-Range", "\"\""), ("If-Modified-Since", "yesterday"), ("Accept", "x;q=2"), ("Accept-Encoding", "br;q=x, ,*;q=0"),
        ("Accept-Language", new('z', 3000)), ("Accept-Language", "en;q=,zh;q=9"), ("Prefer", "respond-async;wait=x,,"),
        ("Idempotency-Key", ""), ("Idempotency-Key", new('k', 3000)), ("Idempotency-Key", "\u00e9\u0001"),
        ("Cookie", "=;;a=%00"), ("Authorization", "Basic %%%"), ("Authorization", "Bearer"), ("X-API-Key", "\u00ff"),
        ("Origin", "null"), ("Origin", "::://"), ("X-Forwarded-Prefix", "//x"), ("X-Forwarded-For", "::::"),
        ("Upgrade", "websocket"), ("X-HTTP-Method-Override", "DELETE"), ("Content-Encoding", "gzip"), ("Last-Event-ID", "x"),
        ("Referer", "http://["),
    ];

    private static readonly (string Type, byte[] Body)[] Bodies =
    [
        .. from type in new[] { "application/json", "text/plain", "nonsense" }
           from text in new[]
           {
               "", "{", "null", "1", "[]", "\"x\"", "{}", "1e999", """{"data":null}""", """{"data":{}}""", """{"data":[]}""",
               """{"data":[null]}""", """{"data":[1,2,3,4,5,6,7,8,9]}""", """{"data":["\ud800"]}""",
               """{"data":["\ud800", "\ud800"],"session_hash":"\ud800","fn_index":0}""",
               """{"data":[{"path":null}],"fn_index":0}""", """{"data":[{"path":"/etc/passwd"}]}""",
               """{"data":[{"url":"file:///etc/passwd"},true]}""", """{"data":[{"url":"http://["}]}""",
               """{"data":["data:;base64,%%%"]}""",
               """{"data":[{"name":"x","data":"data:audio/wav;base64,AAAA"},"utterance",false]}""",
               """{"data":[[[[]]]],"fn_index":1e99,"session_hash":5,"event_id":[]}""",
               """{"data":[],"fn_index":-1,"trigger_id":1.5,"session_hash":"x","event_data":7}""",
               """{"event_id":null,"session_hash":null,"fn_index":null}""", """{"hub":5}""",
               """{"hub":"x","revision":"../.."}""", """{"a":1,"a":2}""", """{"username":null,"password":5}""", "\ufeff{}",
           }
           select (type, Encoding.UTF8.GetBytes(text)),
        ("application/json", [0xff, 0xfe, 0x22]),
        ("application/json", Encoding.ASCII.GetBytes(new string('[', 5000))),
        ("application/json", Encoding.ASCII.GetBytes("""{"data":""" + new string('[', 5000) + new string(']', 5000) + "}")),
        ("application/json; charset=nonsense", "{}"u8.ToArray()),
        ("application/json; charset=utf-16", "{}"u8.ToArray()),
        ("application/x-www-form-urlencoded", "username=%00&password=%ff&%ZZ"u8.ToArray()),
        ("application/x-www-form-urlencoded", Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 3000).Select(i => $"k{i}=v")))),
        ("multipart/form-data", "x"u8.ToArray()),
        ("multipart/form-data; boundary=", "x"u8.ToArray()),
        ("multipart/form-data; boundary=" + new string('b', 300), "x"u8.ToArray()),
        ("multipart/form-data; boundary=b", []),
        ("multipart/form-data; boundary=b", "--b\r\n"u8.ToArray()),
        ("multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\0/../b\"\r\n\r\nRIFF"u8.ToArray()),
        ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: nonsense\r\n\r\nx\r\n--b--"u8.ToArray()),
        ("multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"granularity\"\r\n\r\n\0\xff\r\n--b--"u8.ToArray()),
        ("multipart/form-data; boundary=b", Encoding.ASCII.GetBytes("--b\r\n" + new string('h', 70_000) + ": x\r\n\r\nx\r\n--b--")),
        ("multipart/form-data; boundary=b",
            Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 3000).Select(
                i => $"--b\r\nContent-Disposition: form-data; name=\"k{i}\"\r\n\r\nv\r\n")) + "--b--")),
        ("multipart/form-data; boundary=b",
            ("--b\r\nContent-Type: multipart/mixed; boundary=c\r\nContent-Disposition: form-data; name=\"file\"; "u8
                + "filename*=utf-8''%ff%00\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n--b--"u8).ToArray()),
        ("application/json; charset=utf-7", "{}"u8.ToArray()),
        ("application/x-www-form-urlencoded; charset=utf-7", "username=a"u8.ToArray()),
        ("multipart/form-data; boundary=b",
            ("--b\r\nContent-Disposition: form-data; name=\"username\"\r\n"u8
                + "Content-Type: text/plain; charset=utf-7\r\n\r\nx\r\n--b--\r\n"u8).ToArray()),
        ("multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"=?utf-7?B?YQ==?=\"\r\n\r\nx\r\n--b--\r\n"u8.ToArray()),
        ("multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"=?utf-7?B?YQ==?=\"\r\n\r\nx\r\n--b--\r\n"u8.ToArray()),
        ("multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename*=utf-7''a\r\n\r\nx\r\n--b--\r\n"u8.ToArray()),
        ("multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"data\"\r\n\r\n['\\ud800\\x00', 1]\r\n--b--\r\n"u8.ToArray()),
        ("multipart/mixed; boundary=b", "--b\r\n\r\nx\r\n--b--"u8.ToArray()),
        ("audio/wav", "RIFF\0\0\0\0WAVEfmt "u8.ToArray()),
        ("audio/wav", []),
    ];

    [Fact]
    public async Task EveryRoute_MalformedRequest_IsNotAServerError()
    {
        await using var server = await (await RunningServer.StartAsync(model: SlowModel.Quick)).ReadyAsync();
        using var handler = new SocketsHttpHandler
        {
            RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
            UseCookies = false,
            AllowAutoRedirect = false,
        };
        using var client = new HttpClient(handler);
        var faults = new List<string>();
        var sent = 0;

        foreach (var (method, path) in PathValues.SelectMany(server.Routes).Distinct())
            await SendAsync(method, path, null, null);
        foreach (var (method, path) in server.Routes(Known))
        {
            foreach (var query in Queries)
                await SendAsync(method, path + query, null, null);
            foreach (var header in Headers)
                await SendAsync(method, path, header, null);
            foreach (var body in method is "GET" or "HEAD" ? [] : Bodies)
                await SendAsync(method, path, null, body);
        }

        faults.ShouldBeEmpty();
        sent.ShouldBeGreaterThan(1000);
        using var well = await server.GetAsync("/health/ready");
        well.StatusCode.ShouldBe(HttpStatusCode.OK);

        async Task SendAsync(string method, string path, (string Name, string Value)? header, (string Type, byte[] Body)? body)
        {
            // Sends the address as written: Uri would normalize it.
            var address = new Uri(server.Url + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
            using var request = new HttpRequestMessage(new(method), address);
            if (body is { } content)
            {
                request.Content = new ByteArrayContent(content.Body);
                request.Content.Headers.TryAddWithoutValidation("Content-Type", content.Type);
            }
            if (header is { } one && !request.Headers.TryAddWithoutValidation(one.Name, one.Value))
            {
                request.Content = new ByteArrayContent([]);
                request.Content.Headers.TryAddWithoutValidation(one.Name, one.Value);
            }
            sent++;
            var what = Short($"{method} {path} {header} {body?.Type} {Encoding.UTF8.GetString(body?.Body ?? [])}");
            try
            {
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                if ((int)response.StatusCode >= 500)
                    faults.Add($"{(int)response.StatusCode} {await response.CodeAsync()}: {what}");
                else if (LacksProblem(response) && path.StartsWith("/api/v1/", StringComparison.Ordinal))
                    faults.Add($"{(int)response.StatusCode} without a problem: {what}");
            }
            catch (HttpRequestException fault)
            {
                faults.Add($"{fault.Message}: {what}");
            }
        }
    }

    /// <summary>Kestrel itself refuses an address with a NUL, without a body.</summary>
    private static bool LacksProblem(HttpResponseMessage response) =>
        response.RequestMessage!.Method != HttpMethod.Head && (int)response.StatusCode >= 400
        && response.Content.Headers is not { ContentType.MediaType: "application/problem+json" } and not { ContentLength: 0 };

    private static string Short(string text) => text.Length > 200 ? text[..200] : text;
}
