using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Storage;

public sealed class RecognitionFilesTests
{
    [Theory]
    [InlineData("processed_audio.wav", "audio/wav")]
    [InlineData("result.json", "application/json")]
    [InlineData("embedding.npy", "application/octet-stream")]
    public async Task Get_File_IsAnAttachment(string name, string type)
    {
        await using var server = await StartAsync();
        var (self, folder) = await RecognizeAsync(server);

        using var response = await server.GetAsync($"{self}/files/{name}");

        (await response.BytesAsync())
            .ShouldBe(await File.ReadAllBytesAsync(Path.Combine(folder, name), TestContext.Current.CancellationToken));
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        response.Content.Headers.ContentDisposition.FileName.ShouldBe($"a_{name}");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.AcceptRanges.ShouldBe(["bytes"]);
    }

    [Fact]
    public async Task Get_FileOfAChineseName_IsSavedUnderThatName()
    {
        await using var server = await StartAsync();
        using var posted = await server.PostAsync(Recordings.Speech, "通话 1.wav");

        using var response = await server.GetAsync((await posted.JsonAsync()).Link("result"));

        response.Content.Headers.ContentDisposition!.FileNameStar.ShouldBe("通话 1_result.json");
    }

    [Fact]
    public async Task Get_InlineFlag_AppliesOnlyToAudio()
    {
        await using var server = await StartAsync();
        var (self, _) = await RecognizeAsync(server);

        using var audio = await server.GetAsync($"{self}/files/processed_audio.wav?inline=1");
        using var result = await server.GetAsync($"{self}/files/result.json?inline=1");
        using var invalid = await server.GetAsync($"{self}/files/result.json?inline=perhaps");

        audio.Content.Headers.ContentDisposition.ShouldBeNull();
        result.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        (await invalid.CodeAsync()).ShouldBe("request.invalid");
    }

    [Fact]
    public async Task Get_Range_ReturnsThatRange()
    {
        await using var server = await StartAsync();
        var (self, folder) = await RecognizeAsync(server);
        var all = await File.ReadAllBytesAsync(Path.Combine(folder, "processed_audio.wav"), TestContext.Current.CancellationToken);

        using var part = await RangeAsync(server, self, new(44, 143));
        using var last = await RangeAsync(server, self, new(null, 10));
        using var beyond = await RangeAsync(server, self, new(all.Length, all.Length + 5));
        using var head = await server.SendAsync(new(HttpMethod.Head, $"{self}/files/processed_audio.wav"));

        part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        part.Content.Headers.ContentRange!.ToString().ShouldBe($"bytes 44-143/{all.Length}");
        (await part.BytesAsync()).ShouldBe(all[44..144]);
        (await last.BytesAsync()).ShouldBe(all[^10..]);
        beyond.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        head.Content.Headers.ContentLength.ShouldBe(all.Length);
    }

    [Theory]
    [InlineData("%2e%2e%2f%2e%2e%2f.ser%2fhistory.db")]
    [InlineData("..%2fresult.json")]
    [InlineData("%2fetc%2fpasswd")]
    [InlineData("..\\..\\ser.log")]
    [InlineData("C:%5Cwindows")]
    [InlineData("RESULT.JSON")]
    [InlineData("result.json%00")]
    [InlineData("result.json%20")]
    [InlineData("nothing")]
    public async Task Get_OtherName_IsNotFound(string name)
    {
        await using var server = await StartAsync();
        var (self, _) = await RecognizeAsync(server);
        using var connection = await RawConnection.OpenAsync(server);

        await connection.SendAsync($"GET {self}/files/{name} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        var answer = await connection.AnswerAsync();

        answer.Split(' ')[1].ShouldBeOneOf("404", "400");
        answer.ShouldNotContain("SQLite");
        answer.ShouldNotContain("root:");
    }

    [Fact]
    public async Task Get_FolderMissing_ReturnsNoFile()
    {
        await using var server = await StartAsync();
        var (self, folder) = await RecognizeAsync(server);
        Directory.Delete(folder, recursive: true);

        using var recognition = await server.GetAsync(self);
        using var file = await server.GetAsync($"{self}/files/result.json");
        using var waveform = await server.GetAsync($"{self}/waveform");

        recognition.StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var response in new[] { file, waveform })
        {
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await response.CodeAsync()).ShouldBe("recognition.no_file");
        }
    }

    [Fact]
    public async Task Get_Unfinished_HasNoFiles()
    {
        await using var server = await RunningServer.StartAsync(model: () => new SlowModel());
        var id = await server.SubmitAsync(Recordings.Speech);

        using var file = await server.GetAsync($"/api/v1/recognitions/{id}/files/result.json");
        using var waveform = await server.GetAsync($"/api/v1/recognitions/{id}/waveform");

        (await file.CodeAsync()).ShouldBe("recognition.no_file");
        (await waveform.CodeAsync()).ShouldBe("recognition.no_file");
    }

    [Fact]
    public async Task Waveform_KnownSignal_ReturnsItsPeaks()
    {
        await using var server = await StartAsync();
        var samples = new short[16000];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)(i < 8000 ? (i % 2 == 0 ? 8192 : -4096) : i == 12000 ? -32768 : 0);
        var (self, _) = await RecognizeAsync(server, Recordings.Wav(samples));

        using var response = await server.GetAsync($"{self}/waveform?points=10");

        var json = await response.JsonAsync();
        json.GetProperty("sample_rate").GetInt32().ShouldBe(16000);
        json.GetProperty("samples").GetInt32().ShouldBe(16000);
        json.GetProperty("duration").GetDouble().ShouldBe(1);
        Floats(json, "max").ShouldBe([0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0, 0, 0, 0, 0]);
        Floats(json, "min").ShouldBe([-0.125f, -0.125f, -0.125f, -0.125f, -0.125f, 0, 0, -1, 0, 0]);
    }

    [Theory]
    [InlineData("", 1000)]
    [InlineData("?points=1", 10)]
    [InlineData("?points=-5", 10)]
    [InlineData("?points=1000000", 20_000)]
    public async Task Waveform_Points_AreClamped(string query, int expected)
    {
        await using var server = await StartAsync();
        var (self, _) = await RecognizeAsync(server, Recordings.Noise(4));

        using var response = await server.GetAsync($"{self}/waveform{query}");

        Floats(await response.JsonAsync(), "min").Length.ShouldBe(expected);
    }

    private static float[] Floats(JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(value => value.GetSingle())];

    private static Task<HttpResponseMessage> RangeAsync(RunningServer server, string self, RangeItemHeaderValue range)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{self}/files/processed_audio.wav");
        request.Headers.Range = new() { Ranges = { range } };
        return server.SendAsync(request);
    }

    private static Task<RunningServer> StartAsync() => RunningServer.StartAsync(model: () =>
    {
        var model = new SlowModel();
        model.Go();
        return model;
    });

    private static async Task<(string Self, string Folder)> RecognizeAsync(RunningServer server, byte[]? recording = null)
    {
        using var response = await server.PostAsync(recording ?? Recordings.Speech, "a.wav", ("embedding", "true"));
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.TextAsync());
        var json = await response.JsonAsync();
        return (
            json.GetProperty("links").GetProperty("self").GetString()!,
            Path.Combine(server.Output, json.GetProperty("folder").GetString()!));
    }
}
