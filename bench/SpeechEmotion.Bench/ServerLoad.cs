using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using SpeechEmotion.Audio;
using SpeechEmotion.Models;
using SpeechEmotion.Outputs;

namespace SpeechEmotion.Bench;

/// <summary>
/// Measures the overhead of the server: 10 s clips from 1, 8 and 64 clients compared with the bare recognizer, which decodes and
/// writes the same files. The clients run on the same cores; bare and served runs alternate, so that noise affects both. A very
/// small model shows the overhead, which the noise of a model that costs a hundred times as much would hide.
/// </summary>
internal static class ServerLoad
{
    private const int ClipSeconds = 10;
    private static readonly int[] Clients = [1, 8, 64];

    public static int Run(string[] arguments)
    {
        var program = Path.GetFullPath(arguments.FirstOrDefault() ?? Path.Combine("dist", "ser-server"));
        var seconds = arguments.Length > 1 ? int.Parse(arguments[1]) : 15;
        var folder = arguments.Length > 2 ? Path.GetFullPath(arguments[2]) : null;
        var clip = Noise.Wav(ClipSeconds);
        using var recognizer = EmotionRecognizer.Load(new()
        {
            Model = folder is null ? ModelCatalogue.Compact : null,
            ModelDirectory = folder,
        });
        using var server = ServerProcess.Of(program, folder);
        Console.WriteLine(
            $"start: live {server.Live * 1000:F0} ms, ready {server.Ready * 1000:F0} ms; private memory {server.PrivateMegabytes:F0} MB");
        Bare(recognizer, clip, 1, 3);
        Served(server, clip, 8, 3);
        foreach (var clients in Clients)
        {
            var threads = Math.Min(clients, Environment.ProcessorCount);
            var before = Bare(recognizer, clip, threads, seconds);
            var served = Served(server, clip, clients, seconds);
            var after = Bare(recognizer, clip, threads, seconds);
            Console.WriteLine($"{clients,2} client(s): {served}, private memory {server.PrivateMegabytes:F0} MB");
            Console.WriteLine($"    bare, {threads} thread(s): {before} / {after}");
            Console.WriteLine($"    served/bare throughput {served.PerSecond / ((before.PerSecond + after.PerSecond) / 2):P0}");
            if (clients == 1)
                Console.WriteLine($"    added at the median {served.Median - ((before.Median + after.Median) / 2):F1} ms");
        }
        return 0;
    }

    private static LoadFigures Bare(EmotionRecognizer recognizer, string clip, int threads, int seconds)
    {
        var root = Directory.CreateTempSubdirectory("ser-bench-");
        var figures = Repeat(threads, seconds, () =>
        {
            using var folder = OutputFolder.Create(root.FullName, new() { Source = "clip.wav" });
            folder.Commit(recognizer.Recognize(AudioFile.Open(clip), new() { Sink = folder }));
            return Task.FromResult(HttpStatusCode.Created);
        });
        root.Delete(recursive: true);
        return figures;
    }

    private static LoadFigures Served(ServerProcess server, string clip, int clients, int seconds)
    {
        var bytes = File.ReadAllBytes(clip);
        return Repeat(clients, seconds, async () =>
        {
            using var body = new ByteArrayContent(bytes);
            using var answer = await server.Client.PostAsync("/api/v1/recognitions?name=clip.wav", body);
            await answer.Content.ReadAsByteArrayAsync();
            return answer.StatusCode;
        });
    }

    private static LoadFigures Repeat(int clients, int seconds, Func<Task<HttpStatusCode>> send)
    {
        var times = new ConcurrentBag<double>();
        var failures = new ConcurrentDictionary<HttpStatusCode, int>();
        var start = Stopwatch.GetTimestamp();
        Task.WaitAll([.. Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
            {
                var sent = Stopwatch.GetTimestamp();
                var status = await send();
                if (status == HttpStatusCode.Created)
                    times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                else
                    failures.AddOrUpdate(status, 1, (_, count) => count + 1);
            }
        }))]);
        return new([.. times.Order()], Stopwatch.GetElapsedTime(start).TotalSeconds, failures);
    }
}
