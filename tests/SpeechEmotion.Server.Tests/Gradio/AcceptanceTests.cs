using System.Diagnostics;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Gradio;

/// <summary>Real clients: the packages that JavaScript programs use, curl, and scripts for Gradio 3.</summary>
public sealed class AcceptanceTests
{
    [Theory]
    [InlineData("2.7.0")]
    [InlineData("1.19.1")]
    [InlineData("1.1.0")]
    [InlineData("0.20.1")]
    public async Task Server_JavaScriptClient_IsSatisfied(string version) =>
        await ShouldPassAsync("js_client.mjs", url => new(
            "node", [Script("js_client.mjs"), url, Recordings.SpeechPath, JavaScriptClient.Install(version)])
        {
            Environment = { ["TIMEOUT"] = "500" },
        });

    [Fact]
    public async Task Server_Curl_IsSatisfied() =>
        await ShouldPassAsync("curl_client.sh", url => new("bash", [Script("curl_client.sh"), url, Recordings.SpeechPath])
        {
            // The script waits for two heartbeats, 15 s apart; a busy machine may be late.
            Environment = { ["HEARTBEAT_S"] = "30" },
        });

    [Fact]
    public async Task Server_ScriptsForVersion3_AreSatisfied() =>
        await ShouldPassAsync("legacy_v3.py", url => new("python3", [Script("legacy_v3.py"), url, Recordings.SpeechPath])
        {
            Environment = { ["PYTHONIOENCODING"] = "utf-8" },
        });

    [Fact]
    public async Task Server_ClientsThatLogIn_AreSatisfied()
    {
        (string, string)[] settings = [("Auth:0", "me:secret123")];
        await ShouldPassAsync("js_client.mjs", url => new(
            "node", [Script("js_client.mjs"), url, Recordings.SpeechPath, JavaScriptClient.Install("2.7.0")])
        {
            Environment = { ["AUTH"] = "me:secret123", ["TIMEOUT"] = "500" },
        }, settings);
        await ShouldPassAsync("curl_client.sh", url => new("bash", [Script("curl_client.sh"), url, Recordings.SpeechPath])
        {
            Environment = { ["AUTH"] = "me:secret123", ["HEARTBEAT_S"] = "0" },
        }, settings);
    }

    private static string Script(string name) => Path.Combine(Repository.Shared!, "gradio", "accept", name);

    private static async Task ShouldPassAsync(
        string script, Func<string, ProcessStartInfo> start, (string Key, string Value)[]? settings = null)
    {
        Assert.SkipWhen(Repository.Shared is null, "the scripts of the clients are in the larger data folder");
        await using var server = await RunningServer.StartAsync(settings);
        await server.ReadyAsync();

        var run = await Task.Run(() => ProgramRun.Of(start(server.Url)));

        // The last cancelled recognition may still be running.
        await server.StopAsync(TestContext.Current.CancellationToken);
        run.ExitCode.ShouldBe(0, $"{script}: {run.Output}{run.Errors}");
    }
}
