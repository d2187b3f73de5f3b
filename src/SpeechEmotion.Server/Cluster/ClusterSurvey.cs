using SpeechEmotion.Errors;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Broker;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Programs;

namespace SpeechEmotion.Server.Cluster;

/// <summary>
/// Surveys all programs and all work of the installation: for requests, at most once a second, and now and then for the metrics.
/// </summary>
internal sealed class ClusterSurvey : BackgroundService
{
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly InstallationParts _parts;
    private readonly ProgramDirectory _programs;
    private readonly WorkSurvey _work;
    private readonly MessageBroker _broker;
    private readonly HistoryDatabase _database;
    private readonly ProgramReport _report;
    private readonly ServerFolder _folder;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _started;
    private Task<ClusterState>? _last;
    private long _begun;

    /// <summary>Creates a survey, which the metrics report.</summary>
    public ClusterSurvey(
        InstallationParts parts, ProgramDirectory programs, WorkSurvey work, MessageBroker broker, HistoryDatabase database,
        ProgramReport report, ServerFolder folder, TimeProvider time, ClusterGauges gauges)
    {
        (_parts, _programs, _work, _broker) = (parts, programs, work, broker);
        (_database, _report, _folder, _time, _started) = (database, report, folder, time, time.GetUtcNow());
        gauges.Watch(this);
    }

    /// <summary>The parts at the latest look; empty before.</summary>
    public IReadOnlyList<InstallationPart> Parts { get; private set; } = [];

    /// <summary>The latest state; null before the first look, and while the database cannot be read.</summary>
    public ClusterState? Latest { get; private set; }

    /// <summary>Returns the current state.</summary>
    /// <exception cref="SpeechEmotionException">The database cannot be read.</exception>
    public Task<ClusterState> ReadAsync(CancellationToken ct)
    {
        lock (_gate)
        {
            if (_last is null || _last.IsFaulted || (_last.IsCompleted && _time.GetElapsedTime(_begun) >= Validity))
            {
                _begun = _time.GetTimestamp();
                _last = Task.Run(SurveyAsync, CancellationToken.None);
            }
            return _last.WaitAsync(ct);
        }
    }

    /// <summary>Forgets the state of the last second, after a change.</summary>
    public void Forget()
    {
        lock (_gate)
            _last = null;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await TryLookAsync(stoppingToken);
                await Task.Delay(Interval, _time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task TryLookAsync(CancellationToken ct)
    {
        try
        {
            Parts = await _parts.CheckAsync();
            Latest = await ReadAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // The parts have the reason, and whatever failed, the next look may succeed.
            Latest = null;
        }
    }

    private async Task<ClusterState> SurveyAsync() => new(
        await _parts.CheckAsync(), await ListProgramsAsync(), await _work.CountRecognitionsAsync(CancellationToken.None),
        await _work.CountChunksAsync(CancellationToken.None), await _broker.CountTicketsAsync(CancellationToken.None),
        await _work.ListPausedAsync(CancellationToken.None));

    private async Task<IReadOnlyList<KnownProgram>> ListProgramsAsync()
    {
        if (!_database.IsShared)
            return [new(DescribeOwn(), _report.Create(), ProgramState.Working, TimeSpan.Zero)];
        var (found, now) = await _programs.ListAsync(CancellationToken.None);
        return [.. found.Select(entry => KnownProgram.Of(entry, now))];
    }

    /// <summary>The row of a server that is alone, and so has none.</summary>
    private ProgramEntry DescribeOwn() => new()
    {
        Name = _folder.Program,
        Kind = ProgramKind.Server,
        Host = Environment.MachineName,
        Version = ProductVersion.Text,
        Started = _started.ToUnixTimeMilliseconds(),
        LeasedUntil = 0,
    };
}
