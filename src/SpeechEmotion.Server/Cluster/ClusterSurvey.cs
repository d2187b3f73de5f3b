using SpeechEmotion.Errors;
using SpeechEmotion.Server.Broker;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Programs;

namespace SpeechEmotion.Server.Cluster;

/// <summary>
/// Surveys all programs and all work of the installation: for requests, at most once a second, and now and then for the metrics.
/// </summary>
internal sealed class ClusterSurvey : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly InstallationParts _parts;
    private readonly ProgramDirectory _programs;
    private readonly WorkSurvey _work;
    private readonly MessageBroker _broker;
    private readonly TimeProvider _time;
    private readonly RecentAnswer<ClusterState> _last;

    /// <summary>Creates a survey, which the metrics report.</summary>
    public ClusterSurvey(
        InstallationParts parts, ProgramDirectory programs, WorkSurvey work, MessageBroker broker, TimeProvider time, ClusterGauges gauges)
    {
        (_parts, _programs, _work, _broker, _time) = (parts, programs, work, broker, time);
        _last = new(SurveyAsync, time);
        gauges.Watch(this);
    }

    /// <summary>The parts at the latest look; empty before.</summary>
    public IReadOnlyList<InstallationPart> Parts { get; private set; } = [];

    /// <summary>The latest state; null before the first look, and while the database cannot be read.</summary>
    public ClusterState? Latest { get; private set; }

    /// <summary>Returns the current state.</summary>
    /// <exception cref="SpeechEmotionException">The database cannot be read.</exception>
    public Task<ClusterState> ReadAsync(CancellationToken ct) => _last.GetAsync().WaitAsync(ct);

    /// <summary>Lets a program take no more work, or take work again.</summary>
    /// <returns>The state after that.</returns>
    /// <exception cref="SpeechEmotionException">
    /// <c>cluster.alone</c>: this server shares its work with no other program. <c>cluster.no_such_program</c>.
    /// </exception>
    public async Task<ClusterState> SteerAsync(string program, bool draining, CancellationToken ct)
    {
        if (!_programs.IsShared)
            throw ClusterErrors.Alone();
        if (!await _programs.SetDrainingAsync(program, draining, ct))
            throw ClusterErrors.UnknownProgram(program);
        _last.Forget();
        return await ReadAsync(ct);
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

    private async Task<ClusterState> SurveyAsync()
    {
        var (programs, now) = await _programs.ListAsync(CancellationToken.None);
        return new(
            _programs.IsShared, _programs.Own, await _parts.CheckAsync(), [.. programs.Select(entry => KnownProgram.Of(entry, now))],
            await _work.CountRecognitionsAsync(CancellationToken.None), await _work.CountChunksAsync(CancellationToken.None),
            await _broker.CountTicketsAsync(CancellationToken.None), await _work.ListPausedAsync(CancellationToken.None));
    }
}
