using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Recognitions;

public sealed class RecognitionListTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 4, 22, 30, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData("", "7 6 5 4 3 2 1")]
    [InlineData("page_size=3", "7 6 5")]
    [InlineData("page_size=3.0&page=1e0", "7 6 5")]
    [InlineData("page_size=3&page=3", "1")]
    [InlineData("page_size=3&page=4", "")]
    [InlineData("page_size=200&page=2147483647", "")]
    [InlineData("emotion=happy", "6 2")]
    [InlineData("state=done", "6 5 3 2 1")]
    [InlineData("state=failed", "7")]
    [InlineData("state=queued", "4")]
    [InlineData("min_confidence=0.6", "6 5")]
    [InlineData("max_confidence=0.35", "2")]
    [InlineData("min_confidence=0.4&max_confidence=0.7", "5 3 1")]
    [InlineData("from=2024-01-04T22:35:00%2B08:00", "7 6 5")]
    [InlineData("to=2024-01-04T14:32:00Z", "2 1")]
    [InlineData("from=2024-01-04T14:32:00Z&to=2024-01-04T22:33:00%2B08:00", "3 2")]
    [InlineData("name=speech", "3 2 1")]
    [InlineData("name=SPEECH", "3 2 1")]
    [InlineData("name=%25", "4")]
    [InlineData("name=_", "5")]
    [InlineData("name=%5C", "")]
    [InlineData("name=%E6%B5%8B%E8%AF%95", "6")]
    [InlineData("name='%20OR%201=1%20--", "")]
    [InlineData("name=speech&emotion=happy&state=done&min_confidence=0.1", "2")]
    public async Task List_Query_ReturnsTheMatches(string query, string expected)
    {
        await using var server = await FilledAsync();

        using var response = await server.GetAsync($"/api/v1/recognitions?{query}");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var items = (await response.JsonAsync()).GetProperty("items").EnumerateArray().ToArray();
        string.Join(' ', items.Select(item => item.GetProperty("id").GetString()!.TrimStart('0'))).ShouldBe(expected);
    }

    [Fact]
    public async Task List_Page_ReportsTotalAndOmitsDetails()
    {
        await using var server = await FilledAsync();

        using var response = await server.GetAsync("/api/v1/recognitions?page=2&page_size=2&state=done");

        var json = await response.JsonAsync();
        json.GetProperty("total").GetInt32().ShouldBe(5);
        json.GetProperty("page").GetInt32().ShouldBe(2);
        json.GetProperty("page_size").GetInt32().ShouldBe(2);
        var item = json.GetProperty("items")[0];
        item.TryGetProperty("log", out _).ShouldBeFalse();
        item.TryGetProperty("labels", out _).ShouldBeFalse();
        item.GetProperty("scores").EnumerateObject().Select(score => score.Name)
            .ShouldBe(EmotionNames.All.Select(emotion => emotion.Key()));
        item.GetProperty("created").GetDateTimeOffset().ShouldBe(Start.AddMinutes(3));
    }

    [Theory]
    [InlineData("page=0")]
    [InlineData("page=x")]
    [InlineData("page=99999999999999")]
    [InlineData("page_size=0")]
    [InlineData("page_size=201")]
    [InlineData("emotion=joy")]
    [InlineData("state=1")]
    [InlineData("state=done,failed")]
    [InlineData("from=yesterday")]
    [InlineData("min_confidence=much")]
    [InlineData("min_confidence=0,3")]
    [InlineData("max_confidence=1,000")]
    [InlineData("max_confidence=1.5")]
    [InlineData("page=1,000")]
    [InlineData("page=1.5")]
    [InlineData("max_confidence=NaN")]
    [InlineData("name=%00")]
    public async Task List_BadQuery_IsRefused(string query)
    {
        await using var server = await RunningServer.StartAsync(model: () => new SlowModel());

        using var response = await server.GetAsync($"/api/v1/recognitions?{query}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await response.JsonAsync();
        problem.GetProperty("code").GetString().ShouldBe("request.invalid");
        problem.GetProperty("detail").GetString()!.ShouldNotContain("Nullable");
    }

    [Fact]
    public async Task List_RunningAndQueued_ReportsStateAndPosition()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync([("Workers", "1")], () => model);
        await server.SubmitAsync(Recordings.Speech, "running.wav");
        await Until.True(() => model.Begun == 1);
        await server.SubmitAsync(Recordings.Speech, "waiting.wav");

        using var running = await server.GetAsync("/api/v1/recognitions?state=running");
        using var waiting = await server.GetAsync("/api/v1/recognitions?state=queued");

        Single(await running.JsonAsync()).GetProperty("file_name").GetString().ShouldBe("running.wav");
        Single(await waiting.JsonAsync()).GetProperty("queue_position").GetInt32().ShouldBe(1);
        model.Go();
    }

    private static JsonElement Single(JsonElement list) => list.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();

    private static async Task<RunningServer> FilledAsync()
    {
        var server = await RunningServer.StartAsync(model: () => new SlowModel());
        await SaveAsync(server, 1, "speech.wav", Emotion.Sad, 0.4f);
        await SaveAsync(server, 2, "Speech2.wav", Emotion.Happy, 0.3f);
        await SaveAsync(server, 3, "my speech.mp3", Emotion.Angry, 0.5f);
        await SaveAsync(server, 4, "100%.wav", null, 0);
        await SaveAsync(server, 5, "a_b.wav", Emotion.Neutral, 0.7f);
        await SaveAsync(server, 6, "测试.wav", Emotion.Happy, 0.9f);
        await SaveAsync(server, 7, "broken.wav", null, 0, failed: true);
        return server;
    }

    private static async Task SaveAsync(
        RunningServer server, int number, string name, Emotion? emotion, float confidence, bool failed = false)
    {
        var document = new RecognitionDocument
        {
            Id = number.ToString("D32", System.Globalization.CultureInfo.InvariantCulture),
            State = RecognitionState.Queued,
            FileName = name,
            Size = 1000,
            Created = Start.AddMinutes(number),
            Granularity = Granularity.Utterance,
            Embedding = false,
            Version = "1.0.0",
            Log = ["a line"],
        };
        var history = server.Services.GetRequiredService<RecognitionHistory>();
        await history.AddAsync(document, null, isOpen: false, CancellationToken.None);
        if (failed)
        {
            await history.SaveAsync(
                document with { State = RecognitionState.Failed, Error = new("audio.damaged", "Damaged.", "已损坏。") },
                null,
                CancellationToken.None);
        }
        if (emotion is not { } top)
            return;
        var scores = new float[EmotionScores.Count];
        Array.Fill(scores, (1 - confidence) / 8);
        scores[(int)top] = confidence;
        await history.SaveAsync(
            document with { State = RecognitionState.Done, Scores = scores, Model = Some.Model }, null, CancellationToken.None);
    }
}
