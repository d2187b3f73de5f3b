using System.Diagnostics;
using System.Net;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Storage;

/// <summary>A server at its disk limit: it refuses requests before it writes anything, and accepted recognitions continue.</summary>
public sealed class DiskLimitTests
{
    private const int SlowBytes = 15_000_000;

    [Fact]
    public async Task Post_ManySlowUploads_RefusesTheExcessImmediately()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync([("DiskLimit", "200")], () => model);
        var running = await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => model.Begun == 1);
        var uploads = new List<RawConnection>();
        for (var i = 0; i < 20; i++)
        {
            uploads.Add(await RawConnection.OpenAsync(server));
            await uploads[i].BeginPostAsync($"Content-Length: {SlowBytes}\r\nConnection: close");
        }
        // Uploads may use 100 MB. One recording is already being processed, so six more uploads fit.
        await Until.True(() => server.Uploads.Length == 7);

        var pending = uploads.Select(upload => upload.AnswerAsync()).ToArray();
        await Until.True(() => pending.Count(answer => answer.IsCompletedSuccessfully) == 14);
        string[] answers = [.. await Task.WhenAll(pending.Where(answer => answer.IsCompletedSuccessfully))];

        answers.ShouldAllBe(answer => answer.StartsWith("HTTP/1.1 429")
            && answer.Contains("\"code\":\"disk.busy\"") && answer.Contains("Retry-After: 10"));
        uploads.ForEach(upload => upload.Break());
        await Until.True(() => server.Uploads.Length == 1);
        model.Go();
        (await server.EndAsync(running)).GetProperty("state").GetString().ShouldBe("done");
        using var again = await server.PostAsync(Recordings.Speech, "a.wav");
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_UploadOfUnknownLength_IsAbortedAtTheLimit()
    {
        await using var server = await RunningServer.StartAsync([("DiskLimit", "2")], () => new SlowModel());
        using var connection = await RawConnection.OpenAsync(server);

        await connection.BeginPostAsync("Transfer-Encoding: chunked\r\nConnection: close");
        await connection.SendAsync($"{1_500_000:x}\r\n");
        await connection.SendAsync(new byte[1_500_000]);
        var answer = await connection.AnswerAsync();

        answer.ShouldStartWith("HTTP/1.1 507");
        answer.ShouldContain("\"code\":\"disk.limit\"");
        server.Uploads.ShouldBeEmpty();
    }

    /// <summary>A small compressed file may decode to hours of audio, all of which is written.</summary>
    [Fact]
    public async Task Post_HoursOfCompressedAudio_IsRefusedBeforeWriting()
    {
        var hours = Silence(TimeSpan.FromHours(2));
        hours.Length.ShouldBeLessThan(100_000);
        await using var server = await RunningServer.StartAsync([("DiskLimit", "100")]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => server.PostAsync(hours, "silence.flac")));

        foreach (var answer in answers)
        {
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.InsufficientStorage, HttpStatusCode.TooManyRequests);
            (await answer.CodeAsync()).ShouldBeOneOf("disk.limit", "disk.busy");
            answer.Dispose();
        }
        server.Folders.ShouldBeEmpty();
        Directory.GetDirectories(server.Output, ".outputs_*").ShouldBeEmpty();
        server.Uploads.ShouldBeEmpty();
        using var speech = await server.PostAsync(Recordings.Speech, "a.wav");
        speech.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Post_UntilTheLimit_StaysBelowItAndDeletionFreesSpace()
    {
        var model = new SlowModel();
        model.Go();
        // A clip of 30 s takes 0.96 MB, and about as much again as its result.
        await using var server = await RunningServer.StartAsync([("DiskLimit", "4"), ("Workers", "2")], () => model);
        var clip = Recordings.Noise(30);
        List<string> done = [];
        HttpResponseMessage? refused = null;
        while (refused is null)
        {
            var answer = await server.PostAsync(clip, "a.wav");
            if (answer.StatusCode == HttpStatusCode.Created)
                done.Add((await answer.JsonAsync()).GetProperty("id").GetString()!);
            else
                refused = answer;
        }

        refused.StatusCode.ShouldBe(HttpStatusCode.InsufficientStorage);
        (await refused.CodeAsync()).ShouldBe("disk.limit");
        refused.Dispose();
        done.Count.ShouldBeInRange(2, 3);
        server.Folders.Sum(folder => Directory.GetFiles(Path.Combine(server.Output, folder)).Sum(file => new FileInfo(file).Length))
            .ShouldBeLessThan(4_000_000);
        using var system = await server.GetAsync("/api/v1/system");
        var disk = (await system.JsonAsync()).GetProperty("disk");
        disk.GetProperty("limit").GetInt64().ShouldBe(4_000_000);
        disk.GetProperty("used").GetInt64().ShouldBeInRange(1_900_000, 4_000_000);

        foreach (var id in done)
            (await server.DeleteAsync($"/api/v1/recognitions/{id}")).Dispose();
        using var again = await server.PostAsync(clip, "a.wav");
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    private static byte[] Silence(TimeSpan length)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("silence.flac");
        var run = ProgramRun.Of(new ProcessStartInfo(
            "ffmpeg",
            [
                "-v", "error", "-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", $"{length.TotalSeconds:0}",
                "-frame_size", "65535", path,
            ]));
        run.ExitCode.ShouldBe(0, run.Errors);
        return File.ReadAllBytes(path);
    }
}
