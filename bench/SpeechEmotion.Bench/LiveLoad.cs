using System.Globalization;

namespace SpeechEmotion.Bench;

/// <summary>
/// Measures live streams in real time: the delay from sending a hop's last sample to receiving its partial, and whether the
/// server keeps up. Clients and server share the cores.
/// </summary>
internal static class LiveLoad
{
    private const int Seconds = 20;

    /// <param name="program">Path of <c>ser-server</c>.</param>
    /// <param name="audio">A labeled corpus with its manifest.csv; its clips make up the conversations.</param>
    /// <param name="counts">Numbers of streams at once.</param>
    public static async Task<int> RunAsync(string program, string audio, int[] counts)
    {
        var maker = new ConversationMaker(audio, longestPause: 1);
        var conversations = Enumerable.Range(0, counts.Max()).Select(number => maker.Make(number).Samples).ToArray();
        using var server = new ServerProcess(program, "--model", Models.ModelCatalogue.Compact, "--live-streams", "1000");
        foreach (var count in counts)
        {
            var streams = conversations.Take(count)
                .Select((samples, i) => new LiveClient(server.Address, samples, TimeSpan.FromSeconds(Seconds), start: i / (double)count))
                .ToArray();
            await Task.WhenAll(streams.Select(stream => stream.RunAsync()));
            var delays = streams.SelectMany(stream => stream.Delays).Order().ToArray();
            var skipped = streams.Sum(stream => stream.Skipped);
            var segments = streams.Sum(stream => stream.Segments);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{count} streams: partial after its hop p50 {At(delays, 0.5):F0} ms, p95 {At(delays, 0.95):F0} ms, "
                + $"largest {delays[^1]:F0} ms; left out {skipped} of {delays.Length + skipped}; {delays.Length} partials, "
                + $"{segments} segments, private memory {server.PrivateMegabytes:F0} MB"));
        }
        return 0;
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
