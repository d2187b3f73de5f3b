using System.Globalization;
using SpeechEmotion.Benchmarks;

namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>One line of the table: a figure that a model may have.</summary>
/// <param name="English">The English name.</param>
/// <param name="Chinese">The Chinese name.</param>
/// <param name="Value">Selects the figure from a row; null if it was not measured.</param>
/// <param name="Text">Formats the figure for people.</param>
internal sealed record BenchFigure(string English, string Chinese, Func<BenchRow, double?> Value, Func<double, string> Text)
{
    /// <summary>The figures of a report, in the order of the table.</summary>
    public static IReadOnlyList<BenchFigure> Of(BenchReport report)
    {
        var lengths = report.Rows.SelectMany(row => row.Clips).Select(clip => clip.Seconds).Distinct().Order();
        var levels = report.Rows.SelectMany(row => row.Throughput).Select(level => level.Parallel).Distinct().Order();
        return
        [
            .. Times("load", "加载", row => row.Load),
            .. lengths.SelectMany(seconds => OfClip(seconds, report)),
            .. Times($"cold start, {BenchPlan.StartSeconds} s WAV", $"冷启动，{BenchPlan.StartSeconds} 秒 WAV", row => row.ColdStart),
            new(
                $"peak memory, {BenchPlan.StartSeconds} s WAV", $"峰值内存，{BenchPlan.StartSeconds} 秒 WAV", row => row.PeakMemoryBytes,
                Megabytes),
            .. levels.Select(OfThroughput),
        ];
    }

    /// <summary>The name in <c>zh</c> or <c>en</c>.</summary>
    public string NameIn(string language) => language == "zh" ? Chinese : English;

    private static IEnumerable<BenchFigure> OfClip(int seconds, BenchReport report)
    {
        var (english, chinese) = ($"{seconds} s clip", $"{seconds} 秒片段");
        foreach (var time in Times(english, chinese, row => Clip(row)?.Latency))
            yield return time;
        yield return new($"{english}, real-time factor", $"{chinese}，实时率", row => Clip(row)?.RealTimeFactor, value => Number(value, "F4"));
        // If no model's arithmetic is known, omit the line.
        if (report.Rows.Any(row => row.Clips.Any(clip => clip.CeilingShare is not null)))
            yield return new($"{english}, share of the ceiling", $"{chinese}，占矩阵乘上限", row => Clip(row)?.CeilingShare, Percent);

        ClipFigures? Clip(BenchRow row) => row.Clips.FirstOrDefault(clip => clip.Seconds == seconds);
    }

    private static BenchFigure OfThroughput(int parallel) => new(
        $"{BenchPlan.ThroughputSeconds} s clips a second, {parallel} at once", $"每秒识别 {BenchPlan.ThroughputSeconds} 秒片段，并行 {parallel}",
        row => row.Throughput.FirstOrDefault(level => level.Parallel == parallel)?.PerSecond, value => Number(value, "F2"));

    private static IEnumerable<BenchFigure> Times(string english, string chinese, Func<BenchRow, Timings?> times) =>
    [
        new($"{english}, best", $"{chinese}，最快", row => times(row)?.Best, Time),
        new($"{english}, median", $"{chinese}，中位数", row => times(row)?.Median, Time),
    ];

    private static string Time(double seconds) => seconds < 1 ? Number(seconds * 1000, "F0") + " ms" : Number(seconds, "F2") + " s";

    private static string Megabytes(double bytes) => Number(bytes / 1e6, "F0") + " MB";

    private static string Percent(double share) => Number(share * 100, "F0") + " %";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
