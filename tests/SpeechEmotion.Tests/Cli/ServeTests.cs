using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

/// <summary>Starts the server with <c>ser serve</c>.</summary>
public sealed class ServeTests(SerProgram ser) : IClassFixture<SerProgram>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Serve_Started_ServesThePageAndRecognizes()
    {
        using var server = Start(out var client);
        using (client)
        {
            (await client.GetStringAsync("/")).ShouldContain("<div id=\"app\">");
            using var recording = new ByteArrayContent(await File.ReadAllBytesAsync(Recordings.Speech));

            using var answer = await client.PostAsync("/api/v1/recognitions?name=speech.wav", recording);

            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("\"emotion\":\"neutral\"");
            Directory.GetDirectories(_folder.File("outputs"), "outputs_*").ShouldHaveSingleItem();
        }
        Stop(server).ShouldBe(0);
    }

    [Fact]
    public void Serve_UnknownOption_EndsWithUsage()
    {
        var run = ser.Run(_folder, "serve", "--nonsense");

        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldContain("--nonsense");
    }

    [Fact]
    public void Serve_Help_NamesTheOptions() => ser.Run(_folder, "serve", "--help").Output.ShouldContain("--allow-url-input");

    public void Dispose() => _folder.Dispose();

    private Process Start(out HttpClient client)
    {
        var port = FreePort();
        var process = ProgramRun.Start(ser.Prepare(_folder, "serve", "--port", $"{port}"));
        // Drains the log: a full pipe would block the server.
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var http = client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
        SpinWait.SpinUntil(() => Answers(http), TimeSpan.FromMinutes(1)).ShouldBeTrue();
        return process;
    }

    private static bool Answers(HttpClient client)
    {
        try
        {
            using var answer = client.Send(new(HttpMethod.Get, "/health/live"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            Thread.Sleep(50);
            return false;
        }
    }

    private static int Stop(Process server)
    {
        server.Terminate();
        var ended = server.WaitForExit(TimeSpan.FromMinutes(1));
        if (!ended)
            server.Kill();
        ended.ShouldBeTrue();
        return server.ExitCode;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
