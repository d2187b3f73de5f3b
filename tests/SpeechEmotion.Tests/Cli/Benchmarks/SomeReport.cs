using SpeechEmotion.Cli.Benchmarks;

namespace SpeechEmotion.Tests.Cli.Benchmarks;

/// <summary>A report with fixed synthetic figures.</summary>
internal static class SomeReport
{
    public static BenchRow Row { get; } = new(
        "compact", "fp32", "2ffe6428820e2b77", new(0.1, 0.2),
        [new(1, new(0.01, 0.02), 0.02, null), new(3, null, null, null)],
        new(0.25, 0.5), 200_000_000, [new(1, 8), new(2, null)]);

    public static BenchReport Report { get; } = new(
        BenchReport.KindOfReport, "0.1.0", "1.31.1", new(2024, 1, 4, 14, 30, 0, TimeSpan.Zero), false,
        new("Linux", "x64", "Some CPU", 2, 8_000_000_000), new(100, 200), [Row]);

    /// <summary>The same report from a machine of twice the speed.</summary>
    public static BenchReport Faster { get; } = Report with
    {
        Ceilings = new(200, 400),
        Rows =
        [
            Row with
            {
                Load = new(0.05, 0.1),
                Clips = [new(1, new(0.005, 0.01), 0.01, null), new(3, null, null, null)],
                ColdStart = new(0.125, 0.25),
                Throughput = [new(1, 16), new(2, null)],
            },
        ],
    };
}
