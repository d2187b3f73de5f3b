namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>The measurements of a run of <c>ser bench</c>, and their numbers of repeats.</summary>
internal sealed record BenchPlan
{
    /// <summary>Enough repeats for a published table of performance.</summary>
    public static BenchPlan Full { get; } = new();

    /// <summary>A quick impression.</summary>
    public static BenchPlan Quick { get; } = new()
    {
        ClipSeconds = [1, 3, 10],
        Loads = 1,
        Clips = 3,
        CeilingRuns = 3,
        Starts = 3,
        ThroughputTime = TimeSpan.FromSeconds(0.5),
    };

    /// <summary>The length of the clip for the cold start.</summary>
    public const int StartSeconds = 3;

    /// <summary>The length of the clips that are recognized in parallel.</summary>
    public const int ThroughputSeconds = 10;

    /// <summary>The lengths of the clips whose latency is measured.</summary>
    public IReadOnlyList<int> ClipSeconds { get; private init; } = [1, 3, 10, 30];

    /// <summary>The number of times that each model is loaded.</summary>
    public int Loads { get; private init; } = 3;

    /// <summary>The number of times that each clip is recognized.</summary>
    public int Clips { get; private init; } = 9;

    /// <summary>The number of runs of the ceilings.</summary>
    public int CeilingRuns { get; private init; } = 20;

    /// <summary>The number of cold starts.</summary>
    public int Starts { get; private init; } = 9;

    /// <summary>The time during which recognitions are started at each level of parallelism.</summary>
    public TimeSpan ThroughputTime { get; private init; } = TimeSpan.FromSeconds(5);
}
