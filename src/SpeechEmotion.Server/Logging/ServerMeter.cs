using System.Diagnostics.Metrics;

namespace SpeechEmotion.Server.Logging;

/// <summary>The meter of the server's own metrics.</summary>
internal static class ServerMeter
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "SpeechEmotion.Server";

    /// <summary>Creates a histogram of durations, from a short clip to a recording of hours.</summary>
    public static Histogram<double> CreateDurations(this Meter meter, string name, string description) => meter.CreateHistogram(
        name, "s", description, advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600],
        });
}
