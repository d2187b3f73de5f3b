using System.Diagnostics;
using System.Net.Http.Headers;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Hosting;

/// <summary>Signals, and a system whose limits are too low.</summary>
public sealed class ProgramStopTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Output => _folder.File("outputs");

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData("TERM", 143), InlineData("INT", 130)]
    public async Task Signal_AtAnyMomentOfTheStart_ExitsCleanly(string signal, int asked)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signals.");
        // On a machine of any speed: longer and longer waits until a start has reached the listening state.
        var listened = false;
        for (var wait = 0; wait < 10_000 && !listened; wait = (wait * 2) + 50)
        {
            using var server = ServerProcess.Start(Output);
            await Task.Delay(wait, Ct);
            listened = server.Url is not null;

            var code = await server.EndAsync(signal);

            code.ShouldBeOneOf([0, asked], $"after {wait} ms: {server.Text}");
            server.Text.ShouldNotContain("   at ", customMessage: $"after {wait} ms");
            server.Text.ShouldNotContain("Unhandled");
        }
        using var again = await ServerProcess.ListeningAsync(Output);
        (await again.EndAsync(ServerProcess.Terminate)).ShouldBe(0);
        Directory.GetFileSystemEntries(Output, ".outputs_*").ShouldBeEmpty();
    }

    [Theory, InlineData(256), InlineData(1023)]
    public void Start_TooFewFiles_IsReportedInOneSentence(int limit)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux reports the limit.");

        var run = ProgramRun.Of(new ProcessStartInfo(
            "sh", ["-c", $"ulimit -n {limit}; exec \"$0\" \"$@\"", ServerProcess.Program, "--output", Output]));

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("[server.too_few_files]");
        run.Errors.ShouldContain($"allows {limit}");
        run.Errors.ShouldNotContain("   at ");
        run.Errors.TrimEnd().Split('\n').Length.ShouldBe(2);
        Directory.Exists(Output).ShouldBeFalse();
    }

    [Fact]
    public async Task Kill_InABurst_EveryAcceptedRecognitionIsFinished()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The test kills the server with a Linux command.");
        List<string> accepted = [];
        using (var server = await ServerProcess.ListeningAsync(Output))
        {
            using var client = new HttpClient { BaseAddress = new(server.Url!) };
            var posts = Enumerable.Range(0, 40).Select(_ => SubmitAsync(client, accepted)).ToArray();
            await Until.True(() => Count(accepted) >= 10);
            (await server.EndAsync(ServerProcess.Kill)).ShouldBe(137);
            await Task.WhenAll(posts);
        }
        accepted.Count.ShouldBeGreaterThanOrEqualTo(10);

        using var again = await ServerProcess.ListeningAsync(Output);
        using var asked = new HttpClient { BaseAddress = new(again.Url!) };
        foreach (var id in accepted)
        {
            await Until.AsyncTrue(async () => await StateAsync(asked, id) is not ("queued" or "running"));
            (await StateAsync(asked, id)).ShouldBe("done");
        }
        // The server finishes also those that it accepted without an answer.
        await Until.True(() => Directory.GetFiles(Path.Combine(Output, ".ser", "uploads")).Length == 0);
        await Until.True(() => Directory.GetFileSystemEntries(Output, ".outputs_*").Length == 0);
    }

    [Fact]
    public async Task Start_UnfinishedFolders_RemovesOnlyItsOwn()
    {
        var name = Guid.NewGuid().ToString("N");
        var settings = Directory.CreateDirectory(Path.Combine(Output, ".ser")).FullName;
        await File.WriteAllLinesAsync(Path.Combine(settings, "program"), [name, $"{Environment.MachineName}:{settings}"], Ct);
        var own = Directory.CreateDirectory(Path.Combine(Output, $".outputs_20240104_223005.partial-{name}-0011223344556677")).FullName;
        var command = Directory.CreateDirectory(Path.Combine(Output, ".outputs_20240104_223005.partial-0011223344556677")).FullName;
        var foreign = Directory.CreateDirectory(Path.Combine(Output, "work.partial")).FullName;
        await File.WriteAllTextAsync(Path.Combine(own, "processed_audio.wav"), "half", Ct);

        using var server = await ServerProcess.ListeningAsync(Output);

        Directory.Exists(own).ShouldBeFalse();
        Directory.Exists(command).ShouldBeTrue();
        Directory.Exists(foreign).ShouldBeTrue();
    }

    private static async Task<string?> StateAsync(HttpClient client, string id)
    {
        using var answer = await client.GetAsync($"/api/v1/recognitions/{id}", Ct);
        return (await answer.JsonAsync()).GetProperty("state").GetString();
    }

    private static int Count(List<string> accepted)
    {
        lock (accepted)
            return accepted.Count;
    }

    /// <summary>Adds the recognition to the list if the server has accepted it.</summary>
    private static async Task SubmitAsync(HttpClient client, List<string> accepted)
    {
        using var content = new ByteArrayContent(Recordings.Speech) { Headers = { ContentType = new MediaTypeHeaderValue("audio/wav") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/recognitions")
        {
            Content = content,
            Headers = { { "Prefer", "respond-async" } },
        };
        try
        {
            using var answer = await client.SendAsync(request, Ct);
            if (answer.StatusCode != System.Net.HttpStatusCode.Accepted)
                return;
            var id = (await answer.JsonAsync()).GetProperty("id").GetString()!;
            lock (accepted)
                accepted.Add(id);
        }
        catch (HttpRequestException)
        {
            // The connection broke before the client received a response.
        }
    }
}
