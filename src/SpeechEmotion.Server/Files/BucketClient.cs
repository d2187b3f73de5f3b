using System.Runtime.CompilerServices;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Files;

/// <summary>
/// The requests to a bucket of S3 or of a compatible store. A request that fails is repeated until it succeeds or <see cref="Patience"/> is
/// over: a store may be down for a minute.
/// </summary>
internal sealed class BucketClient : IDisposable
{
    /// <summary>How long a request that fails is repeated.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>How long each request of a program's start is repeated.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(10);

    /// <summary>How long a store may take to answer, and how long it may send nothing.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>How long a store may accept nothing, also while it joins the parts of a large file.</summary>
    private static readonly TimeSpan UploadSilence = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>A request gets this many attempts, also if they last longer than <see cref="Patience"/>.</summary>
    private const int FewestAttempts = 3;

    /// <summary>How many files are deleted at once. Not all stores accept one request for many.</summary>
    private const int DeletionsAtOnce = 16;

    /// <summary>How long other requests must be expected to fail, too.</summary>
    private static readonly TimeSpan FailureTime = TimeSpan.FromSeconds(10);

    /// <summary>The same if the operator must act: a recognition whose result is refused would be repeated in vain.</summary>
    private static readonly TimeSpan LastingFailureTime = TimeSpan.FromMinutes(5);

    private const int BlockBytes = 1 << 16;

    private readonly AmazonS3Client _client;
    private readonly TransferUtility _transfer;
    private readonly string _bucket;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private string? _reported;
    private FailedRequest? _failing;

    /// <summary>Creates the client; it does not connect yet.</summary>
    /// <exception cref="Http.RequestException">The environment has no region, and the address names none.</exception>
    public BucketClient(BucketAddress address, TimeProvider time, ILogger logger)
    {
        (_bucket, _time, _logger) = (address.Bucket, time, logger);
        try
        {
            _client = new(ConfigOf(address));
        }
        catch (AmazonClientException failure)
        {
            throw FileErrors.At(address.Name, BucketFailure.OfSettings(failure));
        }
        _transfer = new(_client);
    }

    /// <summary>Why a request has just failed; null if none has.</summary>
    public RequestException? Failure => _failing is { } last && _time.GetElapsedTime(last.Since) < last.Time ? last.Error : null;

    /// <summary>Stores a file.</summary>
    public Task PutAsync(string key, string path, CancellationToken ct) => RepeatAsync(
        attempt => SendAsync(key, path, attempt), Timeout.InfiniteTimeSpan, Patience, ct);

    /// <summary>Writes a stored file over a file of the caller, which is incomplete after a failure.</summary>
    /// <returns>Whether the bucket has it.</returns>
    public Task<bool> GetAsync(string key, string path, CancellationToken ct) =>
        RepeatAsync(attempt => ReceiveAsync(key, path, attempt), Timeout.InfiniteTimeSpan, Patience, ct);

    /// <summary>Deletes files; those that do not exist are no error.</summary>
    public Task DeleteAsync(IEnumerable<string> keys, CancellationToken ct) => Parallel.ForEachAsync(
        keys, new ParallelOptions { MaxDegreeOfParallelism = DeletionsAtOnce, CancellationToken = ct },
        async (key, stop) => await RepeatAsync(attempt => RemoveAsync(key, attempt), Silence, Patience, stop));

    /// <summary>Returns the keys that begin with a prefix, with their sizes and the times of their last change.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="isDeep">Whether to enter folders. Otherwise each folder is returned, with a slash and without a size.</param>
    /// <param name="ct">Cancels the operation.</param>
    public async IAsyncEnumerable<(string Key, long? Size, DateTimeOffset? Modified)> ListAsync(
        string prefix, bool isDeep, [EnumeratorCancellation] CancellationToken ct)
    {
        var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = prefix, Delimiter = isDeep ? null : "/" };
        do
        {
            var page = await RepeatAsync(attempt => _client.ListObjectsV2Async(request, attempt), Silence, Patience, ct);
            foreach (var found in page.S3Objects ?? [])
                yield return (found.Key, found.Size ?? 0, found.LastModified);
            foreach (var folder in page.CommonPrefixes ?? [])
                yield return (folder, null, null);
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
    }

    /// <summary>Stores a small file and deletes it.</summary>
    public async Task ProbeAsync(string key, CancellationToken ct)
    {
        await RepeatAsync(
            attempt => _client.PutObjectAsync(new() { BucketName = _bucket, Key = key, ContentBody = key }, attempt), Silence,
            StartPatience, ct);
        await RepeatAsync(attempt => _client.DeleteObjectAsync(_bucket, key, attempt), Silence, StartPatience, ct);
        var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = key, MaxKeys = 1 };
        await RepeatAsync(attempt => _client.ListObjectsV2Async(request, attempt), Silence, StartPatience, ct);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _transfer.Dispose();
        _client.Dispose();
    }

    private static AmazonS3Config ConfigOf(BucketAddress address)
    {
        var config = new AmazonS3Config
        {
            // For the parts of a large file; RepeatAsync repeats whole requests.
            MaxErrorRetry = 2,
            MaxStaleConnectionRetries = 0,
            // Many compatible stores know no checksums in trailers.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (address.Endpoint is { } endpoint)
        {
            // A store on an address of its own seldom has a name for each bucket.
            (config.ServiceURL, config.ForcePathStyle) = (endpoint.AbsoluteUri, true);
            config.AuthenticationRegion = address.Region ?? Environment.GetEnvironmentVariable("AWS_REGION")
                ?? Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION") ?? "us-east-1";
        }
        else if (address.Region is { } region)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }
        return config;
    }

    private async Task<bool> RemoveAsync(string key, CancellationToken ct)
    {
        try
        {
            await _client.DeleteObjectAsync(_bucket, key, ct);
        }
        catch (AmazonS3Exception failure) when (BucketFailure.IsMissing(failure))
        {
            // S3 would report success.
        }
        return true;
    }

    private async Task<bool> SendAsync(string key, string path, CancellationToken ct)
    {
        using var silence = new CancellationTokenSource(UploadSilence, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, ct);
        var request = new TransferUtilityUploadRequest { BucketName = _bucket, Key = key, FilePath = path };
        request.UploadProgressEvent += Progress;
        await _transfer.UploadAsync(request, either.Token);
        return true;

        void Progress(object? sender, UploadProgressArgs progress)
        {
            try
            {
                silence.CancelAfter(UploadSilence);
            }
            catch (ObjectDisposedException)
            {
                // The report of an upload that has ended.
            }
        }
    }

    private async Task<bool> ReceiveAsync(string key, string path, CancellationToken ct)
    {
        using var silence = new CancellationTokenSource(Silence, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, ct);
        try
        {
            using var answer = await _client.GetObjectAsync(_bucket, key, either.Token);
            await using var file = Create(path);
            var block = new byte[BlockBytes];
            for (int read; (read = await answer.ResponseStream.ReadAtLeastAsync(block, BlockBytes, false, either.Token)) > 0;)
            {
                silence.CancelAfter(Silence);
                await WriteAsync(file, block.AsMemory(0, read), Path.GetFileName(path), ct);
            }
            if (answer.ContentLength > file.Length)
                throw new EndOfStreamException("The answer of the store is shorter than it announced.");
            return true;
        }
        catch (AmazonS3Exception failure) when (BucketFailure.IsMissing(failure))
        {
            return false;
        }
    }

    /// <summary>Creates a file. A full disk must not look like a failure of the store.</summary>
    private static FileStream Create(string path)
    {
        try
        {
            return new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw OutputErrors.Of(failure, Path.GetFileName(path));
        }
    }

    private static async ValueTask WriteAsync(FileStream file, ReadOnlyMemory<byte> block, string name, CancellationToken ct)
    {
        try
        {
            await file.WriteAsync(block, ct);
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, name);
        }
    }

    private async Task<T> RepeatAsync<T>(
        Func<CancellationToken, Task<T>> attempt, TimeSpan longest, TimeSpan patience, CancellationToken ct)
    {
        long? failing = null;
        var pause = FirstPause;
        for (var attempts = 1; ; attempts++)
        {
            using var limit = new CancellationTokenSource(longest, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
            try
            {
                var answer = await attempt(either.Token);
                _reported = null;
                return answer;
            }
            catch (Exception e) when (!ct.IsCancellationRequested && BucketFailure.Of(e) is { } failure)
            {
                Report(failure, e);
                failing ??= _time.GetTimestamp();
                if (!failure.Passes || (attempts >= FewestAttempts && _time.GetElapsedTime(failing.Value) + pause > patience))
                    throw failure.Error;
            }
            await Task.Delay(pause, _time, ct);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Logs a failure when it begins: there may be a thousand requests until it ends.</summary>
    private void Report(BucketFailure failure, Exception cause)
    {
        _failing = new(_time.GetTimestamp(), failure.Passes ? FailureTime : LastingFailureTime, failure.Error);
        if (Interlocked.Exchange(ref _reported, failure.Error.Code) != failure.Error.Code)
            Log.StoreFailed(_logger, failure.Error.Code, failure.Error.Message, cause.Message.ReplaceLineEndings(" "));
    }

    /// <param name="Since">Timestamp of a failure.</param>
    /// <param name="Time">How long other requests must be expected to fail, too.</param>
    /// <param name="Error">Why.</param>
    private sealed record FailedRequest(long Since, TimeSpan Time, RequestException Error);
}
