using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Gradio.Files;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Server.Uploads;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Gradio.Files;

/// <summary>Uploads, and the files that the server serves at the paths that it returned.</summary>
public sealed class FilesTests
{
    [Theory]
    [InlineData("/gradio_api", "../../../tmp/evil.wav", "evil.wav")]
    [InlineData("", "录音 1#?%.mp3", "_1_.mp3")]
    [InlineData("", "blob", "blob")]
    public async Task Upload_AnyName_GivesAGeneratedPathThatReadsBack(string prefix, string name, string clean)
    {
        await using var server = await RunningServer.StartAsync();

        var path = await server.UploadAsync(Recordings.Speech, name, prefix);

        path.ShouldMatch("^/tmp/gradio/[0-9a-f]{64}/[A-Za-z0-9._-]+$");
        path.ShouldEndWith("/" + clean);
        var escaped = path.Replace("/", "%2F", StringComparison.Ordinal);
        foreach (var address in new[] { $"/file={path}", $"/gradio_api/file={path}", $"/file{path}", $"/file={escaped}" })
            (await server.GetBytesAsync(address)).ShouldBe(Recordings.Speech);
    }

    [Fact]
    public async Task Upload_NoForm_Is400()
    {
        await using var server = await RunningServer.StartAsync();

        using var response = await server.PostAsync("/upload", new StringContent("{}"));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.TextAsync()).ShouldBe("Invalid content type");
    }

    [Fact]
    public async Task Upload_TooLarge_Is413AndLeavesNothing()
    {
        await using var server = await RunningServer.StartAsync([("MaxUpload", "1")]);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[1_000_001]), "files", "x.wav" } };

        using var response = await server.PostAsync("/gradio_api/upload/", form);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await response.TextAsync()).ShouldContain("1 MB");
        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task File_Range_GivesThePartAndHeadTheLength()
    {
        await using var server = await RunningServer.StartAsync();
        var path = await server.UploadAsync(Recordings.Speech);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/file={path}") { Headers = { Range = new RangeHeaderValue(0, 3) } };
        using var head = new HttpRequestMessage(HttpMethod.Head, $"/gradio_api/file={path}");

        using var part = await server.SendAsync(request);
        using var headers = await server.SendAsync(head);

        part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await part.TextAsync()).ShouldBe("RIFF");
        headers.Content.Headers.ContentLength.ShouldBe(Recordings.Speech.Length);
        headers.Content.Headers.ContentType!.MediaType.ShouldBe("audio/wav");
    }

    [Theory]
    [InlineData("/file=/etc/passwd")]
    [InlineData("/gradio_api/file=..%2f..%2fetc%2fpasswd")]
    [InlineData("/file=C:%5CWindows%5Cwin.ini")]
    [InlineData("/gradio_api/file=http://127.0.0.1:22/")]
    [InlineData("/file=/tmp/gradio/0000000000000000000000000000000000000000000000000000000000000000/x.wav")]
    [InlineData("/file=")]
    [InlineData("/file")]
    [InlineData("/gradio_api/file/")]
    public async Task File_AnythingElse_IsNotAllowed(string address)
    {
        await using var server = await RunningServer.StartAsync();

        using var response = await server.GetAsync(address);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await response.JsonAsync()).GetProperty("detail").GetString().ShouldStartWith("File not allowed: ");
    }

    [Fact]
    public async Task File_UploadedPage_IsDownloadedAndNotShown()
    {
        await using var server = await RunningServer.StartAsync();
        var path = await server.UploadAsync("<script>alert(1)</script>"u8.ToArray(), "x.html");

        using var response = await server.GetAsync($"/file={path}");

        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        response.Headers.GetValues("X-Content-Type-Options").ShouldContain("nosniff");
    }

    [Fact]
    public async Task Sweep_HoursAfterTheLastUse_DropsUnusedUploads()
    {
        await using var server = await RunningServer.StartAsync();
        var time = new ManualTime();
        var store = server.Services.GetRequiredService<UploadStore>();
        var held = new HeldUploads(store, server.Services.GetRequiredService<DiskBudget>(), time);
        var (first, second) = (held.Add(await SaveAsync(store)), held.Add(await SaveAsync(store)));
        var recording = held.Borrow(second)!;

        time.Advance(HeldUploads.TimeToLive);
        held.Find(first).ShouldNotBeNull();
        time.Advance(HeldUploads.TimeToLive + TimeSpan.FromSeconds(1));
        held.Sweep();

        held.Find(first).ShouldBeNull();
        File.Exists(recording.Path).ShouldBeTrue();
        held.Return(second);
        time.Advance(HeldUploads.TimeToLive + TimeSpan.FromSeconds(1));
        held.Sweep();
        File.Exists(recording.Path).ShouldBeFalse();
    }

    [Fact]
    public async Task Add_MoreThanAreKept_DropsTheOldestUnused()
    {
        using var folder = new TemporaryFolder();
        using var output = new ServerFolder(Microsoft.Extensions.Options.Options.Create(new ServerOptions { Output = folder.Path }));
        var options = Microsoft.Extensions.Options.Options.Create(new ServerOptions { MaxUpload = 1 });
        var disk = new DiskBudget(options, output, TimeProvider.System);
        var store = new UploadStore(options, output, new LocalFiles(), disk);
        var held = new HeldUploads(store, disk, new ManualTime());
        var size = (int)store.MaxBytes;
        var paths = new List<VirtualPath>();

        for (long bytes = 0; bytes <= held.MaxBytes; bytes += size)
        {
            var content = new MemoryStream(new byte[size]);
            paths.Add(held.Add(await store.SaveAsync(content, "x", temporary: false, length: null, CancellationToken.None)));
            if (paths.Count == 1)
                held.Borrow(paths[0]).ShouldNotBeNull();
        }

        held.Find(paths[0]).ShouldNotBeNull();
        held.Find(paths[1]).ShouldBeNull();
        held.Find(paths[^1]).ShouldNotBeNull();
        Directory.GetFiles(output.Uploads).Sum(file => new FileInfo(file).Length).ShouldBeLessThanOrEqualTo(held.MaxBytes);
    }

    private static Task<UploadedRecording> SaveAsync(UploadStore store) =>
        store.SaveAsync(new MemoryStream([1]), "x.wav", temporary: false, length: null, CancellationToken.None);
}
