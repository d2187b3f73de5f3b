using System.Text.RegularExpressions;
using Serilog;
using Shouldly;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Hosting;

public sealed class ServerLogTests
{
    private const string Line = @"^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] (INFO|WARNING|ERROR): ";

    [Fact]
    public async Task Log_Recognition_IsInTheSeedsFormWithTheRequestsId()
    {
        await using var server = await StartAsync();

        using var response = await server.PostAsync(Recordings.Speech, "a.mp3");

        var json = await response.JsonAsync();
        var lines = (await ServerLogText.ReadAsync(server)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldAllBe(line => Regex.IsMatch(line, Line));
        lines.ShouldContain(line => Regex.IsMatch(line, Line + @"Received audio file: a\.mp3 \[[0-9a-f]{32}\] \(\w+:\w+\)$"));
        lines.ShouldContain(line => line.Contains("File size: 0.2 MB | Duration: 4.70s | Sample rate: 16000 Hz", StringComparison.Ordinal));
        var own = json.GetProperty("log").EnumerateArray().Select(line => line.GetString()!).ToArray();
        own[0].ShouldMatch(Line + @"Received audio file: a\.mp3$");
        own[^1].ShouldEndWith($"Results saved to: outputs/{json.GetProperty("folder").GetString()}");
        own.ShouldAllBe(line => Regex.IsMatch(line, Line));
        foreach (var text in own.Select(line => line[22..]))
            lines.ShouldContain(written => written.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Log_FailedRecognition_ContainsTheCodeOnce()
    {
        await using var server = await StartAsync();

        using var response = await server.PostAsync([], "empty.wav");

        var lines = (await ServerLogText.ReadAsync(server)).Split('\n')
            .Where(line => line.Contains("[audio.empty]", StringComparison.Ordinal));
        lines.ShouldHaveSingleItem().ShouldMatch(Line + ".*empty.wav");
    }

    [Theory]
    [InlineData("a\n[2024-01-04 22:30:05] INFO: forged\r\nb")]
    [InlineData("a\u2028[2024-01-04 22:30:05] INFO: forged\u0085b\u000cc")]
    [InlineData("\u001b[2J\u0007[2024-01-04 22:30:05] INFO: forged")]
    public void Log_TextFromOutside_CannotForgeALine(string text)
    {
        using var folder = new TemporaryFolder();
        using (var log = new LoggerConfiguration().WriteToFile(folder.File("ser.log"), 1_000_000).CreateLogger())
        {
            log.Information("Received audio file: {Name}", text);
            log.Error(new InvalidOperationException(text), "Unexpected failure");
        }

        var lines = File.ReadAllText(folder.File("ser.log")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Count(line => line.StartsWith('[')).ShouldBe(2);
        lines.ShouldAllBe(line => !line.Any(char.IsControl) && !line.Contains('\u2028'));
    }

    [Fact]
    public void Log_Large_IsBounded()
    {
        using var folder = new TemporaryFolder();
        using (var log = new LoggerConfiguration().WriteToFile(folder.File("ser.log"), 10_000).CreateLogger())
        {
            for (var i = 0; i < 2000; i++)
                log.Information("Received audio file: {Name}", new string('a', 100));
        }

        var files = new DirectoryInfo(folder.Path).GetFiles();
        files.Length.ShouldBe(5);
        files.Sum(file => file.Length).ShouldBeLessThan(60_000);
    }

    [Fact]
    public async Task Log_TwoServersInAProcess_AreSeparate()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();

        using var a = await first.PostAsync(Recordings.Speech, "for-the-first.wav");
        using var b = await second.PostAsync(Recordings.Speech, "for-the-second.wav");

        (await ServerLogText.ReadAsync(first)).ShouldContain("for-the-first.wav");
        (await ServerLogText.ReadAsync(first)).ShouldNotContain("for-the-second.wav");
        (await ServerLogText.ReadAsync(second)).ShouldContain("for-the-second.wav");
    }

    private static Task<RunningServer> StartAsync() => RunningServer.StartAsync(model: () =>
    {
        var model = new SlowModel();
        model.Go();
        return model;
    });
}
