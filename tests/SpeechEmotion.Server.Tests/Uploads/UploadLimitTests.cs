using System.Net;
using System.Text;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Server.Uploads;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Uploads;

/// <summary>Uploads that are too large, are interrupted or cannot be removed.</summary>
public sealed class UploadLimitTests
{
    private static readonly (string, string)[] OneMegabyte = [("MaxUpload", "1")];
    private static readonly byte[] TooLarge = new byte[1_200_000];

    [Theory]
    [InlineData("Content-Length: 1200000", false)]
    [InlineData("Content-Length: 900000000", false)]
    [InlineData("Transfer-Encoding: chunked", true)]
    public async Task Post_TooLarge_IsRefusedBeforeTheBodyEnds(string header, bool chunked)
    {
        await using var server = await RunningServer.StartAsync(OneMegabyte, () => new SlowModel());
        using var connection = await RawConnection.OpenAsync(server);

        // The client sends nothing after the limit is exceeded: the server must not wait for the rest.
        await connection.BeginPostAsync($"{header}\r\nConnection: close");
        if (chunked)
            await connection.SendAsync($"{TooLarge.Length:x}\r\n");
        await connection.SendAsync(TooLarge);
        var answer = await connection.AnswerAsync();

        answer.ShouldStartWith("HTTP/1.1 413");
        answer.ShouldContain("\"code\":\"upload.too_large\"");
        server.Uploads.ShouldBeEmpty();
        server.Folders.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_TooLargeForm_IsRefusedInTheCallersLanguage()
    {
        await using var server = await RunningServer.StartAsync(OneMegabyte, () => new SlowModel());

        using var response = await server.PostAsync(TooLarge, "a.wav", ("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8"));

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        var problem = await response.JsonAsync();
        problem.GetProperty("code").GetString().ShouldBe("upload.too_large");
        problem.GetProperty("detail").GetString()!.ShouldContain("录音超过上传上限 1 MB");
        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_ExactlyTheLimit_IsAccepted()
    {
        await using var server = await RunningServer.StartAsync(OneMegabyte, () => new SlowModel());
        var recording = new byte[1_000_000];
        Recordings.Speech.CopyTo(recording, 0);

        (await server.SubmitAsync(recording)).ShouldNotBeEmpty();

        server.Uploads.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("Content-Type: audio/wav\r\nContent-Length: 500000", "RIFF")]
    [InlineData("Content-Type: audio/wav\r\nTransfer-Encoding: chunked", "4\r\nRIFF\r\n")]
    [InlineData(
        "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 500000",
        "--x\r\nContent-Disposition: form-data; name=file; filename=a.wav\r\n\r\nRIFF")]
    public async Task Post_ConnectionBreaks_LeavesNothing(string headers, string body)
    {
        await using var server = await RunningServer.StartAsync(model: () => new SlowModel());
        using (var connection = await RawConnection.OpenAsync(server))
        {
            await connection.SendAsync($"POST /api/v1/recognitions HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n\r\n{body}");
            await Until.True(() => server.Uploads.Length == 1);
            connection.Break();
        }

        await Until.True(() => server.Uploads.Length == 0);
        using var list = await server.GetAsync("/api/v1/recognitions");
        (await list.JsonAsync()).GetProperty("total").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Post_FieldTooLong_IsRefused()
    {
        await using var server = await RunningServer.StartAsync(model: () => new SlowModel());

        using var response = await server.PostAsync(Recordings.Speech, "a.wav", ("model", new string('x', 70_000)));

        (await response.CodeAsync()).ShouldBe("request.invalid");
        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_TooManyParts_IsRefused()
    {
        await using var server = await RunningServer.StartAsync(model: () => new SlowModel());
        var body = new StringBuilder();
        for (var part = 0; part <= 100; part++)
            body.Append("--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n");
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes($"{body}--x--"));
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");

        using var response = await server.PostAsync("/api/v1/recognitions", content);

        (await response.CodeAsync()).ShouldBe("request.invalid");
    }

    [Fact]
    public async Task Release_FileCannotBeRemoved_DoesNotFail()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        var id = await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => model.Begun == 1);
        var upload = server.Uploads.ShouldHaveSingleItem();
        File.Delete(upload);
        Directory.CreateDirectory(upload);
        model.Go();

        (await server.EndAsync(id)).GetProperty("state").GetString().ShouldBe("done");
        Should.NotThrow(new UploadedRecording(upload, "a.wav", 1, Temporary: true).Release);
    }

    [Fact]
    public async Task Start_UploadsOfACrashedRun_AreRemoved()
    {
        using var folder = new TemporaryFolder();
        var uploads = Directory.CreateDirectory(Path.Combine(folder.Path, ".ser", "uploads")).FullName;
        await File.WriteAllTextAsync(Path.Combine(uploads, "left"), "x", TestContext.Current.CancellationToken);

        await using var server = await RunningServer.StartAsync(model: () => new SlowModel(), output: folder.Path);

        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_UploadFolderMissing_ReportsThatItCannotBeWritten()
    {
        await using var server = await RunningServer.StartAsync(model: () => new SlowModel());
        Directory.Delete(Path.Combine(server.Output, ".ser", "uploads"));

        using var response = await server.PostAsync(Recordings.Speech, "a.wav");

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await response.CodeAsync()).ShouldBe("output.not_writable");
    }
}
