using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>An S3 bucket in memory, whose requests a test can disturb: <c>bucket.mjs</c> beside this file.</summary>
internal sealed class BucketServer : IAsyncDisposable
{
    /// <summary>Any key is valid.</summary>
    public const string AccessKey = "test";

    /// <summary>Any secret is valid.</summary>
    public const string SecretKey = "test-secret";

    private const string Package = "fauxqs@1.9.2";

    private static readonly string Script = Path.Combine(
        Repository.Root, "tests", "SpeechEmotion.Server.Tests", "Support", "bucket.mjs");

    private static readonly Lazy<Task> Installed = new(InstallAsync);

    private readonly Process _process;
    private readonly HttpClient _control;
    private readonly AmazonS3Client _store;

    private BucketServer(Process process, Uri endpoint, Uri store, string bucket)
    {
        (_process, Endpoint, Bucket) = (process, endpoint, bucket);
        _control = new() { BaseAddress = endpoint };
        _store = Client(store);
    }

    /// <summary>The address of the server, which needs path-style requests.</summary>
    public Uri Endpoint { get; }

    /// <summary>The name of the bucket.</summary>
    public string Bucket { get; }

    /// <summary>The bucket as <c>--files</c> names it.</summary>
    public string Files => $"s3://{Bucket}/ser?endpoint={Endpoint}";

    /// <summary>Starts a server with an empty bucket. Its keys are in the environment of this process from then on.</summary>
    /// <exception cref="InvalidOperationException">npm or Node.js failed; the message contains what they say.</exception>
    public static async Task<BucketServer> StartAsync()
    {
        await Installed.Value;
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", AccessKey);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", SecretKey);
        var bucket = $"test-{Guid.NewGuid():N}";
        var process = ProgramRun.Start(new("node", [Script, bucket]));
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Until.Longest);
            return line?.Split(' ') is ["ready", var port, var store]
                ? new(process, Loopback(port), Loopback(store), bucket)
                : throw new InvalidOperationException($"{Script} needs Node.js 20 or newer: {line}{await errors}");
        }
        catch
        {
            await StopAsync(process);
            throw;
        }
    }

    /// <summary>A client that does not repeat failed requests.</summary>
    public static AmazonS3Client Client(Uri endpoint) => new(
        new BasicAWSCredentials(AccessKey, SecretKey),
        new AmazonS3Config
        {
            ServiceURL = endpoint.ToString(),
            AuthenticationRegion = "us-east-1",
            ForcePathStyle = true,
            MaxErrorRetry = 0,
            // Not part of those above: by default, ten more after a reset connection.
            MaxStaleConnectionRetries = 0,
        });

    /// <summary>Disturbs the requests to <see cref="Endpoint"/> until the next call.</summary>
    /// <param name="name">
    /// <c>none</c>, <c>error</c> (503), <c>denied</c> (403), <c>absent</c> (404 of a proxy), <c>cut</c> (the connection is reset),
    /// <c>slow</c> (no answer until the next call) or <c>half</c> (an object that is read ends after half of its bytes; other requests are
    /// neither disturbed nor counted).
    /// </param>
    /// <param name="count">The number of requests that the fault disturbs; null for all.</param>
    public async Task FaultAsync(string name, int? count = null)
    {
        using var answer = await _control.PutAsync($"-fault/{name}" + (count is null ? "" : $"?count={count}"), null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The number of all requests to <see cref="Endpoint"/> so far, by method and key: <c>GET a/b.wav</c>.</summary>
    public async Task<IReadOnlyDictionary<string, int>> RequestsAsync() =>
        (await _control.GetFromJsonAsync<Dictionary<string, int>>("-requests"))!;

    /// <summary>All keys of the bucket. This and the methods below are not disturbed, and not counted.</summary>
    public async Task<IReadOnlyList<string>> ListAsync()
    {
        var keys = new List<string>();
        await foreach (var item in _store.Paginators.ListObjectsV2(new() { BucketName = Bucket }).S3Objects)
            keys.Add(item.Key);
        return keys;
    }

    /// <summary>Writes an object.</summary>
    public async Task PutAsync(string key, byte[] content)
    {
        using var stream = new MemoryStream(content);
        await _store.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = key, InputStream = stream });
    }

    /// <summary>Reads an object.</summary>
    public async Task<byte[]> GetAsync(string key)
    {
        using var answer = await _store.GetObjectAsync(Bucket, key);
        using var content = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(content);
        return content.ToArray();
    }

    /// <summary>Deletes an object, if it exists.</summary>
    public Task DeleteAsync(string key) => _store.DeleteObjectAsync(Bucket, key);

    public async ValueTask DisposeAsync()
    {
        _store.Dispose();
        _control.Dispose();
        await StopAsync(_process);
    }

    private static async Task StopAsync(Process process)
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static Uri Loopback(string port) => new($"http://127.0.0.1:{int.Parse(port, CultureInfo.InvariantCulture)}");

    /// <summary>Installs the S3 server if it is missing, once for all test programs that run.</summary>
    private static async Task InstallAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "bucket")).FullName;
        var complete = Path.Combine(folder, Package);
        await using var gate = await LockAsync(Path.Combine(folder, "lock"));
        if (File.Exists(complete))
            return;
        var run = await Task.Run(() => ProgramRun.Of(
            new("npm", ["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", Package])));
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"npm cannot install {Package}: {run.Errors}");
        await File.WriteAllTextAsync(complete, "");
    }

    private static async Task<FileStream> LockAsync(string path)
    {
        FileStream? file = null;
        await Until.True(() => (file = TryLock(path)) is not null);
        return file!;
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
