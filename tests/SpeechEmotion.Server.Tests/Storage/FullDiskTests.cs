using System.Net;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Storage;

/// <summary>A full disk is reported as such and leaves no partial files.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task Post_NoSpaceForTheUpload_Returns507()
    {
        using var disk = SmallDisk.Mount(2000);
        await using var server = await StartAsync(disk);

        using var response = await server.PostAsync(Recordings.Noise(100), "a.wav");

        response.StatusCode.ShouldBe(HttpStatusCode.InsufficientStorage);
        (await response.CodeAsync()).ShouldBe("output.disk_full");
        await ShouldLeaveNoFilesAsync(server);
    }

    [Fact]
    public async Task Post_NoSpaceForTheResult_Returns507()
    {
        using var disk = SmallDisk.Mount(2600);
        await using var server = await StartAsync(disk);

        // At 8 kHz the recording is half as large as its 16 kHz copy in the result.
        using var response = await server.PostAsync(Recordings.Wav(new short[8000 * 60], 8000), "a.wav");

        response.StatusCode.ShouldBe(HttpStatusCode.InsufficientStorage);
        (await response.CodeAsync()).ShouldBe("output.disk_full");
        await ShouldLeaveNoFilesAsync(server);
        using var list = await server.GetAsync("/api/v1/recognitions");
        var item = (await list.JsonAsync()).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        item.GetProperty("error").GetProperty("code").GetString().ShouldBe("output.disk_full");
    }

    [Fact]
    public async Task Post_DiskFull_Returns507AndRecovers()
    {
        using var disk = SmallDisk.Mount(2000);
        await using var server = await StartAsync(disk);
        disk.Fill();

        using var full = await server.PostAsync(Recordings.Speech, "a.wav");
        disk.Free();
        using var again = await server.PostAsync(Recordings.Speech, "a.wav");

        full.StatusCode.ShouldBe(HttpStatusCode.InsufficientStorage);
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Finish_NoSpaceForTheHistory_StillReportsTheEnd()
    {
        var model = new SlowModel();
        using var disk = SmallDisk.Mount(2000);
        await using var server = await RunningServer.StartAsync([("Workers", "1")], () => model, Path.Combine(disk.Path, "outputs"));
        var id = await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => model.Begun == 1);
        disk.Fill();
        model.Go();

        var end = await server.EndAsync(id);

        end.GetProperty("state").GetString().ShouldBeOneOf("done", "failed");
        disk.Free();
        using var again = await server.PostAsync(Recordings.Speech, "a.wav");
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.EndAsync(id)).GetProperty("state").GetString().ShouldBe(end.GetProperty("state").GetString());
    }

    private static Task<RunningServer> StartAsync(SmallDisk disk) => RunningServer.StartAsync(
        model: () =>
        {
            var model = new SlowModel();
            model.Go();
            return model;
        },
        output: Path.Combine(disk.Path, "outputs"));

    private static async Task ShouldLeaveNoFilesAsync(RunningServer server)
    {
        await Until.True(() => server.Uploads.Length == 0);
        server.Folders.ShouldBeEmpty();
        Directory.GetDirectories(server.Output, ".outputs_*").ShouldBeEmpty();
    }
}
