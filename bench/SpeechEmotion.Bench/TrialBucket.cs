using System.Diagnostics;

namespace SpeechEmotion.Bench;

/// <summary>A bucket in memory whose requests can be disturbed: that of the server's tests, which install it.</summary>
internal sealed class TrialBucket : IAsyncDisposable
{
    private const string Name = "bench";

    private readonly Process _process;
    private readonly HttpClient _control;

    private TrialBucket(Process process, string port) =>
        (_process, _control) = (process, new() { BaseAddress = new($"http://127.0.0.1:{port}/") });

    /// <summary>The bucket as <c>--files</c> names it.</summary>
    public string Files => $"s3://{Name}/ser?endpoint={_control.BaseAddress}";

    /// <summary>Starts the bucket. Its keys are in the environment of the programs that this one starts from then on.</summary>
    public static async Task<TrialBucket> StartAsync()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "bench");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "bench-secret");
        var process = Process.Start(new ProcessStartInfo("node", ["tests/SpeechEmotion.Server.Tests/Support/bucket.mjs", Name])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        return (await process.StandardOutput.ReadLineAsync())?.Split(' ') is ["ready", var port, _]
            ? new(process, port)
            : throw new InvalidOperationException("The bucket does not start. The server's tests (BucketServerTests) install it.");
    }

    /// <summary>Disturbs all requests: none, error, slow or cut.</summary>
    public async Task FaultAsync(string name)
    {
        using var answer = await _control.PutAsync($"-fault/{name}", null);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
