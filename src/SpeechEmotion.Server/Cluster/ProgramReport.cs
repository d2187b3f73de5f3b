using Microsoft.Extensions.Options;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Broker;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Jobs;
using SpeechEmotion.Server.Jobs.Batches;
using SpeechEmotion.Server.Live;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage.Programs;

namespace SpeechEmotion.Server.Cluster;

/// <summary>Describes what this program does, for its row in the database.</summary>
internal sealed class ProgramReport(
    ProgramLease lease, RecognizerPool recognizers, RecognitionQueue queue, InferenceTurns turns, BatchEngine engine,
    BlockedBatches blocked, Drain drain, JobMetrics recognitions, ItemMetrics items, MessageBroker broker, FilesCheck files,
    IOptions<ServerOptions> options, TimeProvider time, LiveStreams? streams = null) : IHostedService
{
    /// <summary>The time over which the speed is measured.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Queue<(long Time, long Processed)> _samples = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lease.Report = Create;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Describes what the program does now.</summary>
    private ProgramStatus Create()
    {
        var (identity, processed) = (recognizers.Identity, recognitions.Finished + items.Finished);
        return new()
        {
            Model = identity?.Id,
            Precision = identity?.Precision,
            Hash = identity?.Hash,
            Batches = !options.Value.NoBatches,
            Drained = drain.IsOn && engine.IsIdle && turns.Running == 0 && queue.Waiting == 0 && streams is null or { Open: 0 },
            Cores = Environment.ProcessorCount,
            Memory = Environment.WorkingSet,
            Running = turns.Running,
            Waiting = queue.Waiting,
            Processed = processed,
            PerMinute = Math.Round(MeasureSpeed(processed), 1),
            ClockOffset = Math.Round(lease.ClockOffset.TotalSeconds, 1),
            Problems = [.. ListProblems()],
        };
    }

    private IEnumerable<ProgramProblem> ListProblems()
    {
        foreach (var failure in new SpeechEmotionException?[] { recognizers.Error, engine.Failure, files.Failure, broker.Failure })
        {
            if (failure is not null)
                yield return ProgramProblem.Of(failure);
        }
        foreach (var (batch, reason) in blocked.Reasons)
            yield return ProgramProblem.Of(reason, batch);
    }

    private double MeasureSpeed(long processed)
    {
        lock (_gate)
        {
            while (_samples.Count > 1 && time.GetElapsedTime(_samples.Peek().Time) > Window)
                _samples.Dequeue();
            _samples.Enqueue((time.GetTimestamp(), processed));
            var first = _samples.Peek();
            // Soon after the start, one recording would look like many a minute.
            return (processed - first.Processed) / Math.Max(Window.TotalMinutes, time.GetElapsedTime(first.Time).TotalMinutes);
        }
    }
}
