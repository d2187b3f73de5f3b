using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests;

/// <summary>
/// The programs in samples/ that use the library, as the build left them. The tests of the server run those that call a server.
/// </summary>
public sealed class SamplesTests : IDisposable
{
    private static readonly string Speech = Path.Combine(Repository.Golden("emotion2vec"), "audio", "speech.wav");

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Samples =>
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "samples"), "*.csproj", SearchOption.AllDirectories)
            .Where(path => !File.ReadAllText(path).Contains("CallsServer", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Sample_Run_DoesWhatItShows(string sample)
    {
        switch (sample)
        {
            case "FiveLines":
                Run(sample, [Speech]).ShouldMatch(@"^Neutral [0-9.]+ ?% \(compact\)\n$");
                break;
            case "LiveStream":
                Run(sample, [], File.ReadAllBytes(Speech)[44..]).ShouldMatch(@"^[0-9.]+-[0-9.]+ s: \w+ [0-9]+ ?%\n");
                break;
            case "ManyFiles":
                File.Copy(Speech, _folder.File("a.wav"));
                File.WriteAllText(_folder.File("b.wav"), "no sound");
                Run(sample, [_folder.Path]).Split('\n').ShouldSatisfyAllConditions(
                    lines => lines[0].ShouldStartWith("a.wav: Neutral"), lines => lines[1].ShouldEndWith("[audio.unsupported_format]"));
                break;
            case "SimilarVoices":
                Run(sample, [Speech, Speech]).ShouldBe("speech.wav and speech.wav: 1.000\n");
                break;
            case "TimelineToSubtitles":
                Run(sample, [Speech, _folder.File("a.srt")]).ShouldMatch(@"^[0-9]+ segments, mostly \w+\n$");
                File.ReadAllText(_folder.File("a.srt")).ShouldStartWith("1\n00:00:0");
                break;
            case "WebEndpoint":
                await ServeAsync(sample);
                break;
            default:
                Assert.Fail($"Say here what {sample} does.");
                break;
        }
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Starts the sample where it finds no models of the user.</summary>
    private ProcessStartInfo Program(string sample, IEnumerable<string> arguments)
    {
        var folder = Path.Combine(Repository.Root, "samples", sample, "bin", Repository.Configuration, "net10.0");
        var program = Path.Combine(folder, $"{sample}.dll");
        File.Exists(program).ShouldBeTrue("Build SpeechEmotion.slnx first.");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]);
        start.Environment["HOME"] = start.Environment["SER_HOME"] = _folder.File("home");
        foreach (var name in (string[])["SER_MODEL", "MODELSCOPE_CACHE", "HF_HOME"])
            start.Environment.Remove(name);
        return start;
    }

    private string Run(string sample, IEnumerable<string> arguments, byte[]? input = null)
    {
        var run = ProgramRun.Of(Program(sample, arguments), input);
        run.ExitCode.ShouldBe(0, run.Errors);
        return run.Output;
    }

    private async Task ServeAsync(string sample)
    {
        var ct = TestContext.Current.CancellationToken;
        using var process = ProgramRun.Start(Program(sample, ["--urls", "http://127.0.0.1:0"]));
        try
        {
            var line = "";
            while (!line.Contains("http://", StringComparison.Ordinal))
                line = (await process.StandardOutput.ReadLineAsync(ct)).ShouldNotBeNull();
            using var client = new HttpClient { BaseAddress = new(line[line.IndexOf("http://", StringComparison.Ordinal)..].Trim()) };

            using var answer = await client.PostAsync("/emotion", new ByteArrayContent(await File.ReadAllBytesAsync(Speech, ct)), ct);
            using var refused = await client.PostAsync("/emotion", new StringContent("no sound"), ct);

            JsonElement.Parse(await answer.Content.ReadAsStringAsync(ct)).GetProperty("emotion").GetString().ShouldBe("Neutral");
            refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }
        finally
        {
            process.Kill();
        }
    }
}
