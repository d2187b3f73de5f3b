using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Deployment;

/// <summary><c>./run.sh cluster</c>: a whole cluster on this machine.</summary>
public sealed partial class ClusterDeploymentTests : IDisposable
{
    private readonly StringBuilder _output = new();
    private readonly Process _cluster;

    public ClusterDeploymentTests()
    {
        var script = Path.Combine(Repository.Root, "scripts", "cluster.sh");
        _cluster = ProgramRun.Start(new(script, [PublishedProgram.Folder, "--port", "0", "--model", "compact"]));
        _cluster.OutputDataReceived += (_, line) => Add(line.Data);
        _cluster.ErrorDataReceived += (_, line) => Add(line.Data);
        _cluster.BeginOutputReadLine();
        _cluster.BeginErrorReadLine();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Text
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task Cluster_EndsByASignal_LeavesNothing()
    {
        try
        {
            await Until.True(() => Text.Contains("Ctrl-C", StringComparison.Ordinal) || _cluster.HasExited);
            using var client = new HttpClient { BaseAddress = new(UrlPattern().Match(Text).Groups[1].Value) };
            await Until.AsyncTrue(async () => (await client.GetAsync("/health/ready", Ct)).IsSuccessStatusCode);
            using var recording = new ByteArrayContent(Recordings.Speech);

            using var answer = await client.PostAsync("/api/v1/recognitions?name=speech.wav", recording, Ct);

            (await answer.JsonAsync()).GetProperty("state").GetString().ShouldBe("done");
        }
        finally
        {
            if (!_cluster.HasExited)
                _cluster.Terminate();
            await _cluster.EndAsync();
        }
        _cluster.ExitCode.ShouldBe(0, Text);
        var parts = PartPattern().Matches(Text).ToDictionary(
            match => match.Groups[1].Value, match => int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        parts.Keys.ShouldBe(["server", "worker1", "worker2", "PostgreSQL", "RabbitMQ"], ignoreOrder: true);
        // The kernel needs a moment to remove a process that was killed.
        await Until.True(() => parts.Values.All(process => !Directory.Exists($"/proc/{process}")));
        Directory.Exists(FolderPattern().Match(Text).Groups[1].Value).ShouldBeFalse();
    }

    private void Add(string? line)
    {
        lock (_output)
            _output.Append(line).Append('\n');
    }

    [GeneratedRegex(@"The page .*: (http://\S+)")]
    private static partial Regex UrlPattern();

    [GeneratedRegex(@"^  (\w+) +process .* (\d+) ", RegexOptions.Multiline)]
    private static partial Regex PartPattern();

    [GeneratedRegex(@"deletes (/\S+)\. ")]
    private static partial Regex FolderPattern();
}
