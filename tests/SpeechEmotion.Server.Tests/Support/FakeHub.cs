using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using SpeechEmotion.Downloads;
using SpeechEmotion.Models;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>
/// A small web server that imitates Hugging Face and ModelScope with model folders on the disk. It can pause checkpoints after
/// a number of bytes, and counts the requests.
/// </summary>
internal sealed class FakeHub : IAsyncDisposable
{
    private const int Block = 1 << 16;

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, string> _folders = [];
    private TaskCompletionSource _go = new();
    private long _served = long.MaxValue;
    private int _requests;
    private long _sent;

    private FakeHub()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Use((context, next) =>
        {
            Interlocked.Increment(ref _requests);
            return next(context);
        });
        _app.MapGet("/api/models/{owner}/{name}/tree/main", (string name) => Folder(name, HuggingFaceFiles));
        _app.MapGet(
            "/{owner}/{name}/resolve/main/{file}", (HttpContext context, string name, string file) => SendAsync(context, name, file));
        _app.MapGet("/api/v1/models/{owner}/{name}/repo/files", (string name) => Folder(name, ModelScopeFiles));
        _app.MapGet(
            "/api/v1/models/{owner}/{name}/repo",
            (HttpContext context, string name) => SendAsync(context, name, context.Request.Query["FilePath"].ToString()));
    }

    public string Url { get; private set; } = "";

    /// <summary>Number of requests received.</summary>
    public int Requests => _requests;

    /// <summary>Bytes of checkpoints sent.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public static async Task<FakeHub> StartAsync()
    {
        var hub = new FakeHub();
        await hub._app.StartAsync();
        hub.Url = hub._app.Urls.First();
        return hub;
    }

    /// <summary>Offers a golden model under a name, on both hubs.</summary>
    public FakeHub With(string name, string golden = "tiny-f16")
    {
        _folders[name] = Repository.Golden($"emotion2vec/models/{golden}");
        return this;
    }

    /// <summary>Stops offering a model.</summary>
    public void Without(string name) => _folders.TryRemove(name, out _);

    /// <summary>Offers a model folder under a name.</summary>
    public void Add(string name, string folder) => _folders[name] = folder;

    /// <summary>Sends this many more bytes of checkpoints, then waits for <see cref="Go"/>.</summary>
    public void HoldAfter(long bytes)
    {
        _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _served, bytes);
    }

    /// <summary>Sends everything that is requested.</summary>
    public void Go()
    {
        Interlocked.Exchange(ref _served, long.MaxValue);
        _go.TrySetResult();
    }

    /// <summary>Creates a download client for this hub only, with short timeouts and no retries.</summary>
    public ModelPull Pull(ModelStore store) =>
        new(store, name => name is "HF_ENDPOINT" or "MODELSCOPE_DOMAIN" ? Url : null, TimeProvider.System)
        {
            Settings = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(2), 0, TimeSpan.FromMilliseconds(1), 4 << 20),
        };

    public async ValueTask DisposeAsync()
    {
        Go();
        await _app.DisposeAsync();
    }

    private IResult Folder(string name, Func<FileInfo[], object> list) =>
        _folders.TryGetValue(name, out var folder)
            ? TypedResults.Json(list(new DirectoryInfo(folder).GetFiles()))
            : TypedResults.NotFound();

    private static object HuggingFaceFiles(FileInfo[] files) => files.Select(HuggingFaceFile);

    private static object HuggingFaceFile(FileInfo file)
    {
        if (file.Name != "model.pt")
            return new { type = "file", path = file.Name, size = file.Length, oid = "" };
        var lfs = new { oid = Sha256(file), size = file.Length };
        return new { type = "file", path = file.Name, size = file.Length, oid = new string('0', 40), lfs };
    }

    private static object ModelScopeFiles(FileInfo[] files) => new
    {
        Code = 200,
        Data = new { Files = files.Select(file => new { Path = file.Name, Type = "blob", Size = file.Length, Sha256 = Sha256(file) }) },
    };

    private static string Sha256(FileInfo file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.FullName)));

    private async Task SendAsync(HttpContext context, string name, string file)
    {
        if (!_folders.TryGetValue(name, out var folder) || !File.Exists(Path.Combine(folder, Path.GetFileName(file))))
        {
            context.Response.StatusCode = 404;
            return;
        }
        var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, Path.GetFileName(file)));
        var part = bytes.AsMemory();
        if (context.Request.GetTypedHeaders().Range?.Ranges.Single() is { From: { } from } range)
        {
            var last = Math.Min(range.To ?? bytes.Length, bytes.Length - 1);
            part = part[(int)from..(int)(last + 1)];
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes {from}-{last}/{bytes.Length}";
        }
        context.Response.ContentLength = part.Length;
        for (; part.Length > 0; part = part[Math.Min(Block, part.Length)..])
        {
            var block = part[..Math.Min(Block, part.Length)];
            if (file == "model.pt")
            {
                if (Interlocked.Add(ref _served, -block.Length) < 0)
                    await _go.Task.WaitAsync(context.RequestAborted);
                Interlocked.Add(ref _sent, block.Length);
            }
            await context.Response.Body.WriteAsync(block, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
