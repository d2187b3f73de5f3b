namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>What a run of <c>ser bench</c> measures, and how often.</summary>
internal sealed record BenchPlan
{
    /// <summary>What figures that go into a table of performance need.</summary>
    public static BenchPlan Full { get; } = new();

    /// <summary>For an impression.</summary>
    public static BenchPlan Quick { get; } = new()
    {
        ClipSeconds = [1, 3, 10],
        Loads = 1,
        Clips = 3,
        CeilingRuns = 3,
        Starts = 3,
        ThroughputTime = TimeSpan.FromSeconds(0.5),
    };

    /// <summary>Length of the clip that a program is started for.</summary>
    public const int StartSeconds = 3;

    /// <summary>Length of the clips that are recognised at once.</summary>
    public const int ThroughputSeconds = 10;

    /// <summary>Lengths of the clips whose latency is measured.</summary>
    public IReadOnlyList<int> ClipSeconds { get; private init; } = [1, 3, 10, 30];

    /// <summary>How often each model is loaded.</summary>
    public int Loads { get; private init; } = 3;

    /// <summary>How often each clip is recognised.</summary>
    public int Clips { get; private init; } = 9;

    /// <summary>How often the ceilings are run.</summary>
    public int CeilingRuns { get; private init; } = 20;

    /// <summary>How often the program is started.</summary>
    public int Starts { get; private init; } = 9;

    /// <summary>How long recognitions are begun at each number at once.</summary>
    public TimeSpan ThroughputTime { get; private init; } = TimeSpan.FromSeconds(5);
}
