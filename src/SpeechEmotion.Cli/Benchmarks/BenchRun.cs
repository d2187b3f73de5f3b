using SpeechEmotion.Benchmarks;
using SpeechEmotion.Inference;
using SpeechEmotion.Results;

namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>Measures the machine, then one model after another.</summary>
/// <param name="plan">The measurements and their numbers of repeats.</param>
/// <param name="time">The clock for the date.</param>
/// <param name="language">The language of the notes.</param>
/// <param name="note">Receives what is being measured, and what cannot be measured.</param>
internal sealed class BenchRun(BenchPlan plan, TimeProvider time, string language, Action<string> note)
{
    private readonly bool _chinese = language == "zh";

    public async Task<BenchReport> AllAsync(IReadOnlyList<BenchSubject> subjects, CancellationToken ct)
    {
        var date = time.GetUtcNow();
        using var fp32 = MatMulCeiling.ForFp32();
        using var int8 = MatMulCeiling.ForInt8();
        using var start = ColdStart.Create();
        note(_chinese ? "矩阵乘上限 ..." : "MatMul ceilings ...");
        var ceilings = new Ceilings(fp32.Measure(plan.CeilingRuns, ct), int8.Measure(plan.CeilingRuns, ct));
        var rows = new List<BenchRow>();
        foreach (var subject in subjects)
            rows.Add(await RowAsync(subject, subject.Precision == "int8" ? int8 : fp32, start, ct));
        return new(
            BenchReport.KindOfReport, ProductVersion.Text, InferenceRuntime.Version, date, plan == BenchPlan.Quick, Machine.Here(),
            ceilings, rows);
    }

    private async Task<BenchRow> RowAsync(BenchSubject subject, MatMulCeiling ceiling, ColdStart? start, CancellationToken ct)
    {
        var manifest = subject.Folder.Manifest;
        // First, while no loaded model of this process competes for memory.
        var (cold, peak) = Start(subject, start, ct);
        Note(subject, "load", "加载");
        var load = Timings.Of(plan.Loads, () => EmotionRecognizer.Load(subject.Options, ct: ct).Dispose(), ct);
        using var recognizer = EmotionRecognizer.Load(subject.Options, ct: ct);
        var work = InferenceWork.GigaflopPerSecond(manifest);
        ClipFigures[] clips = [.. plan.ClipSeconds.Select(seconds => Clip(subject, recognizer, seconds, work, ceiling, ct))];
        var throughput = new List<ThroughputFigures>();
        foreach (var parallel in ParallelThroughput.Levels(Environment.ProcessorCount))
        {
            Note(subject, $"{parallel} at once", $"并行 {parallel}");
            var level = await ParallelThroughput.MeasureAsync(recognizer, BenchPlan.ThroughputSeconds, parallel, plan.ThroughputTime, ct);
            throughput.Add(new(parallel, level?.PerSecond));
        }
        return new(manifest.Id, subject.Precision, manifest.Hash, load, clips, cold, peak, throughput);
    }

    private (Timings? Time, long? Peak) Start(BenchSubject subject, ColdStart? start, CancellationToken ct)
    {
        if (start is null)
            return (null, null);
        Note(subject, "cold start", "冷启动");
        try
        {
            return (start.Time(subject, plan.Starts, ct), start.PeakMemory(subject, ct));
        }
        catch (IOException e)
        {
            note($"⚠ {e.Message}");
            return (null, null);
        }
    }

    private ClipFigures Clip(
        BenchSubject subject, EmotionRecognizer recognizer, int seconds, double? work, MatMulCeiling ceiling, CancellationToken ct)
    {
        Note(subject, $"{seconds} s clip", $"{seconds} 秒片段");
        // The ceiling runs between the clips only if the speed is divided by it.
        var latency = ClipLatency.Measure(recognizer, seconds, plan.Clips, work is null ? null : ceiling, ct);
        return new(seconds, latency?.Time, latency?.RealTimeFactor, work * seconds / latency?.Time.Best / latency?.Ceiling);
    }

    private void Note(BenchSubject subject, string english, string chinese) =>
        note($"{subject.Name}: {(_chinese ? chinese : english)} ...");
}
