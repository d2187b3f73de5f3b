using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Answers = Microsoft.AspNetCore.Http.Results;

namespace SpeechEmotion.Tests.Downloads;

/// <summary>
/// A local server that answers like both hubs. A second server acts as the storage host of large files: the hub redirects to it
/// with an address that expires.
/// </summary>
internal sealed class HubServer : IAsyncDisposable
{
    private readonly WebApplication _hub, _storage;
    private readonly ConcurrentQueue<HubRequest> _requests = [];
    private int _signature;

    private HubServer(string directory)
    {
        Directory = directory;
        _hub = Build();
        _storage = Build();
        _hub.MapGet("/api/models/{owner}/{name}/tree/{revision}", (HttpContext context) => AnswerAsync(context, "list", HuggingFaceList));
        _hub.MapGet(
            "/{owner}/{name}/resolve/{revision}/{**file}",
            (HttpContext context, string file) => AnswerAsync(context, file, () => ResolveAsync(context, file)));
        _hub.MapGet("/api/v1/models/{owner}/{name}/repo/files", (HttpContext context) => AnswerAsync(context, "list", ModelScopeList));
        _hub.MapGet(
            "/api/v1/models/{owner}/{name}/repo",
            (HttpContext context, string FilePath) => AnswerAsync(context, FilePath, () => GiveAsync(context, FilePath)));
        _hub.MapMethods(
            "/plain/{**file}",
            ["GET", "HEAD"],
            (HttpContext context, string file) => AnswerAsync(context, file, () => GiveAsync(context, file)));
        _storage.MapGet("/{signature}/{file}", (HttpContext context, int signature, string file) => AnswerAsync(context, file, () =>
            signature == Volatile.Read(ref _signature)
                ? GiveAsync(context, file)
                : Task.FromResult(Answers.StatusCode(403)), storage: true));
    }

    /// <summary>The folder of the model's files.</summary>
    public string Directory { get; }

    public string Url => _hub.Urls.First();

    public string StorageUrl => _storage.Urls.First();

    /// <summary>Every request so far.</summary>
    public IReadOnlyList<HubRequest> Requests => [.. _requests];

    /// <summary>Large files are on the storage host, as at Hugging Face; otherwise on the hub itself.</summary>
    public bool HasStorage { get; set; } = true;

    /// <summary>The ETag of every file; null for none.</summary>
    public string? Version { get; set; }

    /// <summary>Whether the server supports range requests.</summary>
    public bool HasRanges { get; set; } = true;

    /// <summary>
    /// Replaces the response to a request, given the file's name and the number of earlier requests for it; null keeps the usual
    /// response.
    /// </summary>
    public Func<HttpContext, string, int, Task<IResult?>>? Instead { get; set; }

    /// <summary>Observes, and may change, the bytes of a file that is sent.</summary>
    public Func<string, byte[], byte[]>? Change { get; set; }

    /// <summary>A false hash for a file in the hub's list.</summary>
    public Func<string, string>? Hash { get; set; }

    /// <summary>The checkpoint's name in the hub's list.</summary>
    public string CheckpointName { get; set; } = "model.pt";

    /// <summary>Starts both servers.</summary>
    public static async Task<HubServer> StartAsync(string directory)
    {
        var server = new HubServer(directory);
        await server._hub.StartAsync();
        await server._storage.StartAsync();
        return server;
    }

    /// <summary>Invalidates all storage addresses that the hub has issued.</summary>
    public void Expire() => Interlocked.Increment(ref _signature);

    /// <summary>Returns the number of bytes of a file that were requested.</summary>
    public long RequestedBytes(string file) =>
        Requests.Where(request => request.File == file && request.Status < 300).Sum(request => request.Length);

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _storage.DisposeAsync();
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        return app;
    }

    private async Task AnswerAsync(HttpContext context, string file, Func<Task<IResult>> answer, bool storage = false)
    {
        var headers = context.Request.Headers;
        var range = context.Request.GetTypedHeaders().Range?.Ranges.Single();
        var request = new HubRequest(file, storage, range?.From, range?.To, headers.Authorization.ToString(), headers.Cookie.ToString());
        int before;
        lock (_requests)
        {
            before = _requests.Count(earlier => earlier.File == file);
            _requests.Enqueue(request);
        }
        var result = (Instead is null ? null : await Instead(context, file, before)) ?? await answer();
        context.Response.OnStarting(() =>
        {
            request.Status = context.Response.StatusCode;
            return Task.CompletedTask;
        });
        await result.ExecuteAsync(context);
    }

    private Task<IResult> HuggingFaceList() => Task.FromResult(Answers.Json(Files().Select(file => file.Name == CheckpointName
        ? (object)new
        {
            type = "file",
            path = file.Name,
            size = 135,
            oid = new string('a', 40),
            lfs = new { oid = Hash?.Invoke(file.Name) ?? Sha256(file.Bytes), size = file.Bytes.Length },
        }
        : new { type = "file", path = file.Name, size = file.Bytes.Length, oid = Hash?.Invoke(file.Name) ?? GitBlob(file.Bytes) })
        .Append(new { type = "directory", path = "example", size = 0, oid = new string('b', 40) })));

    private Task<IResult> ModelScopeList() => Task.FromResult(Answers.Json(new
    {
        Code = 200,
        Success = true,
        Data = new
        {
            Files = Files()
                .Select(file => new
                {
                    Path = file.Name,
                    Type = "blob",
                    Size = file.Bytes.Length,
                    Sha256 = Hash?.Invoke(file.Name) ?? Sha256(file.Bytes),
                    Revision = "0123",
                })
                .Append(new { Path = "example", Type = "tree", Size = 0, Sha256 = "", Revision = "0123" }),
        },
    }, new System.Text.Json.JsonSerializerOptions()));

    private async Task<IResult> ResolveAsync(HttpContext context, string file)
    {
        if (!HasStorage || file != "model.pt")
            return await GiveAsync(context, file);
        context.Response.Headers["X-Linked-ETag"] = $"\"{Sha256(Bytes(file))}\"";
        return Answers.Redirect($"{StorageUrl}/{Volatile.Read(ref _signature)}/{file}");
    }

    private Task<IResult> GiveAsync(HttpContext context, string file)
    {
        if (!File.Exists(Path.Combine(Directory, file)))
            return Task.FromResult(Answers.NotFound());
        var bytes = Change?.Invoke(file, Bytes(file)) ?? Bytes(file);
        // A text type would drop the Content-Length.
        return Task.FromResult(Answers.Bytes(
            bytes,
            "application/octet-stream",
            enableRangeProcessing: HasRanges,
            entityTag: Version is null ? null : new(Version)));
    }

    private IEnumerable<(string Name, byte[] Bytes)> Files() => System.IO.Directory.GetFiles(Directory, "*", SearchOption.AllDirectories)
        .Select(path => (
            Path.GetRelativePath(Directory, path) is var name && name == "model.pt" ? CheckpointName : name,
            File.ReadAllBytes(path)));

    private byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(Directory, file));

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "Git's own format.")]
    private static string GitBlob(byte[] bytes) =>
        Convert.ToHexStringLower(SHA1.HashData([.. System.Text.Encoding.ASCII.GetBytes($"blob {bytes.Length}\0"), .. bytes]));
}
