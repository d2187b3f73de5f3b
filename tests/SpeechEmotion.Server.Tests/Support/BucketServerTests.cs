using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Shouldly;
using Xunit;

namespace SpeechEmotion.Server.Tests.Support;

public sealed class BucketServerTests : IAsyncLifetime
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i % 251))];

    private BucketServer _bucket = null!;
    private AmazonS3Client _client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bucket = await BucketServer.StartAsync();
        _client = BucketServer.Client(_bucket.Endpoint);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _bucket.DisposeAsync();
    }

    [Fact]
    public async Task Client_WithoutAFault_SeesTheObjectsOfTheBucket()
    {
        await WriteAsync("a b/录音 1+.wav", Content);
        await WriteAsync("empty", []);
        await _bucket.PutAsync("B", [1, 2, 3]);

        (await _bucket.ListAsync()).ShouldBe(["B", "a b/录音 1+.wav", "empty"]);
        (await _bucket.GetAsync("a b/录音 1+.wav")).ShouldBe(Content);
        (await _bucket.GetAsync("empty")).ShouldBeEmpty();
        (await ReadAsync("B")).ShouldBe([1, 2, 3]);

        await _client.DeleteObjectAsync(_bucket.Bucket, "empty", Ct);
        await _bucket.DeleteAsync("B");
        (await _bucket.ListAsync()).ShouldBe(["a b/录音 1+.wav"]);
        (await _bucket.RequestsAsync()).ShouldBe(
            new Dictionary<string, int> { ["PUT a b/录音 1+.wav"] = 1, ["PUT empty"] = 1, ["GET B"] = 1, ["DELETE empty"] = 1 },
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("error", HttpStatusCode.ServiceUnavailable, "SlowDown")]
    [InlineData("denied", HttpStatusCode.Forbidden, "AccessDenied")]
    public async Task FaultAsync_WithAnAnswer_RefusesEachRequest(string name, HttpStatusCode status, string code)
    {
        await _bucket.PutAsync("a", Content);
        await _bucket.FaultAsync(name);

        Func<Task>[] requests = [() => ReadAsync("a"), () => WriteAsync("b", Content), ListAsync];
        foreach (var request in requests)
        {
            var refusal = await Should.ThrowAsync<AmazonS3Exception>(request);
            (refusal.StatusCode, refusal.ErrorCode).ShouldBe((status, code));
        }
        (await _bucket.ListAsync()).ShouldBe(["a"]);
        await _bucket.FaultAsync("none");
        (await ReadAsync("a")).ShouldBe(Content);
    }

    [Fact]
    public async Task FaultAsync_WithACount_DisturbsSoManyRequests()
    {
        await _bucket.PutAsync("a", Content);
        await _bucket.FaultAsync("cut", 2);

        await Should.ThrowAsync<IOException>(() => ReadAsync("a"));
        await Should.ThrowAsync<IOException>(() => WriteAsync("a", []));
        (await ReadAsync("a")).ShouldBe(Content);
        (await _bucket.RequestsAsync())["GET a"].ShouldBe(2);
    }

    [Fact]
    public async Task FaultAsync_Half_EndsAnObjectEarly()
    {
        await _bucket.PutAsync("a", Content);
        await _bucket.FaultAsync("half", 1);

        await ListAsync();
        await WriteAsync("b", Content);
        using (var answer = await _client.GetObjectAsync(_bucket.Bucket, "a", Ct))
        {
            answer.ContentLength.ShouldBe(Content.Length);
            using var read = new MemoryStream();
            await Should.ThrowAsync<IOException>(() => answer.ResponseStream.CopyToAsync(read, Ct));
            read.ToArray().ShouldBe(Content[..read.ToArray().Length]);
            read.Length.ShouldBeLessThanOrEqualTo(Content.Length / 2);
        }
        (await ReadAsync("a")).ShouldBe(Content);
    }

    [Fact]
    public async Task FaultAsync_Slow_AnswersWhenTheFaultEnds()
    {
        await _bucket.FaultAsync("slow");
        var write = WriteAsync("a", Content);
        await Until.AsyncTrue(async () => (await _bucket.RequestsAsync()).ContainsKey("PUT a"));
        (await _bucket.ListAsync()).ShouldBeEmpty();
        write.IsCompleted.ShouldBeFalse();

        await _bucket.FaultAsync("none");
        await write;
        (await _bucket.GetAsync("a")).ShouldBe(Content);
    }

    private Task<ListObjectsV2Response> ListAsync() => _client.ListObjectsV2Async(new() { BucketName = _bucket.Bucket }, Ct);

    private async Task WriteAsync(string key, byte[] content)
    {
        using var stream = new MemoryStream(content);
        await _client.PutObjectAsync(new PutObjectRequest { BucketName = _bucket.Bucket, Key = key, InputStream = stream }, Ct);
    }

    private async Task<byte[]> ReadAsync(string key)
    {
        using var answer = await _client.GetObjectAsync(_bucket.Bucket, key, Ct);
        using var content = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(content, Ct);
        return content.ToArray();
    }
}
