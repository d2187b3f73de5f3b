using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Client;

/// <summary>The programs in samples/ that call a server, as the build left them.</summary>
public sealed class SamplesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Samples =>
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "samples"), "*.csproj", SearchOption.AllDirectories)
            .Where(path => File.ReadAllText(path).Contains("CallsServer", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Sample_Run_DoesWhatItShows(string sample)
    {
        switch (sample)
        {
            case "RecognizeFolder":
                await RecognizeFolderAsync();
                break;
            case "WebhookReceiver":
                await ReceiveWebhooksAsync();
                break;
            default:
                Assert.Fail($"Say here what {sample} does.");
                break;
        }
    }

    public void Dispose() => _folder.Dispose();

    private static ProcessStartInfo Program(string sample, params string[] arguments)
    {
        var folder = Path.Combine(Repository.Root, "samples", sample, "bin", Repository.Configuration, "net10.0");
        var program = Path.Combine(folder, $"{sample}.dll");
        File.Exists(program).ShouldBeTrue("Build SpeechEmotion.slnx first.");
        return new("dotnet", [program, .. arguments]);
    }

    private async Task RecognizeFolderAsync()
    {
        await using var server = await RunningServer.StartAsync([("ApiKey:0", "first-key-1")]);
        Directory.CreateDirectory(_folder.File("day 1"));
        File.Copy(Recordings.SpeechPath, _folder.File("day 1/a.wav"));
        await File.WriteAllTextAsync(_folder.File("b.wav"), "no sound", Ct);
        await File.WriteAllTextAsync(_folder.File("notes.txt"), "no recording", Ct);
        string[] arguments = [server.Url, _folder.Path, "calls"];

        var first = await RunAsync();
        var again = await RunAsync();

        first.Output.Split('\n').ShouldSatisfyAllConditions(
            lines => lines[0].ShouldStartWith("b.wav "), lines => lines[1].ShouldMatch(@"^day 1/a\.wav +Neutral +[0-9.]+ ?%$"),
            lines => lines[2].ShouldBe("1 recognized, 1 failed"));
        again.Output.ShouldBe(first.Output);

        async Task<ProgramRun> RunAsync()
        {
            var start = Program("RecognizeFolder", arguments);
            start.Environment["SER_API_KEY"] = "first-key-1";
            var run = await Task.Run(() => ProgramRun.Of(start), Ct);
            run.ExitCode.ShouldBe(0, run.Errors);
            return run;
        }
    }

    private static async Task ReceiveWebhooksAsync()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        var start = Program("WebhookReceiver", "--urls", "http://127.0.0.1:0");
        start.Environment["SER_WEBHOOK_SECRET"] = "whsec_" + Convert.ToBase64String(secret);
        using var process = ProgramRun.Start(start);
        try
        {
            var line = "";
            while (!line.Contains("http://", StringComparison.Ordinal))
                line = (await process.StandardOutput.ReadLineAsync(Ct)).ShouldNotBeNull();
            using var client = new HttpClient { BaseAddress = new(line[line.IndexOf("http://", StringComparison.Ordinal)..].Trim()) };

            using var accepted = await client.SendAsync(Webhook(secret), Ct);
            using var refused = await client.SendAsync(Webhook(RandomNumberGenerator.GetBytes(32)), Ct);

            accepted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            while (line != "batch.done")
                line = (await process.StandardOutput.ReadLineAsync(Ct)).ShouldNotBeNull();
        }
        finally
        {
            process.Kill();
        }
    }

    private static HttpRequestMessage Webhook(byte[] secret)
    {
        const string Body = """{"type":"batch.done"}""";
        var timestamp = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}";
        var signature = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"msg_1.{timestamp}.{Body}"));
        return new(HttpMethod.Post, "/webhook")
        {
            Content = new StringContent(Body, Encoding.UTF8, "application/json"),
            Headers =
            {
                { "webhook-id", "msg_1" }, { "webhook-timestamp", timestamp },
                { "webhook-signature", $"v1,{Convert.ToBase64String(signature)}" },
            },
        };
    }
}
