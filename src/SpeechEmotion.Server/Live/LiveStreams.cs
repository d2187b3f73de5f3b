using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Live;

/// <summary>
/// All live streams, up to their limit. As many streams as there are cores compute in parallel, each for one chunk before it
/// queues again, so that no stream starves and recordings are recognized at the same time.
/// </summary>
internal sealed class LiveStreams
{
    private readonly WeightedSemaphore _turns = new(Environment.ProcessorCount);
    private readonly RecognizerPool _recognizers;
    private readonly MemoryBudget _memory;
    private readonly LiveMetrics _metrics;
    private readonly LiveLimits _limits;
    private readonly TimeProvider _time;
    private readonly CancellationToken _stopping;
    private readonly ILogger<LiveStreams> _logger;
    private readonly TimeSpan _longest;
    private int _open;

    /// <summary>Creates the service without streams.</summary>
    public LiveStreams(
        RecognizerPool recognizers, MemoryBudget memory, LiveMetrics metrics, LiveLimits limits, IOptions<ServerOptions> options,
        TimeProvider time, IHostApplicationLifetime lifetime, ILogger<LiveStreams> logger)
    {
        (_recognizers, _memory, _metrics, _limits, _time, _logger) = (recognizers, memory, metrics, limits, time, logger);
        (Capacity, _longest) = (options.Value.LiveStreams, TimeSpan.FromHours(options.Value.LiveHours));
        _stopping = lifetime.ApplicationStopping;
        InferenceThreads.Reserve(Environment.ProcessorCount);
        metrics.Watch(this);
    }

    /// <summary>The limit of open streams.</summary>
    public int Capacity { get; }

    /// <summary>The number of open streams.</summary>
    public int Open => _open;

    /// <summary>Reserves a place for a stream; <see cref="Leave"/> frees it.</summary>
    /// <exception cref="RequestException"><c>live.too_many</c> or <c>server.stopping</c>.</exception>
    public void Enter()
    {
        if (_stopping.IsCancellationRequested)
            throw RequestErrors.Stopping();
        if (Interlocked.Increment(ref _open) <= Capacity)
            return;
        Leave();
        throw LiveErrors.TooMany(Capacity);
    }

    /// <summary>Throws the exception that <see cref="Enter"/> would throw, without reserving a place.</summary>
    /// <exception cref="RequestException"><c>live.too_many</c> or <c>server.stopping</c>.</exception>
    public void ShouldTakeOneMore()
    {
        if (_stopping.IsCancellationRequested)
            throw RequestErrors.Stopping();
        if (_open >= Capacity)
            throw LiveErrors.TooMany(Capacity);
    }

    /// <summary>Frees a place.</summary>
    public void Leave() => Interlocked.Decrement(ref _open);

    /// <summary>Serves a client until its stream ends.</summary>
    public Task ServeAsync(WebSocket socket, string language, CancellationToken aborted) =>
        new LiveSession(this, _recognizers, socket, _limits, _longest, _time, _logger).RunAsync(language, aborted, _stopping);

    /// <summary>Runs a computation when it is the caller's turn and enough memory is available.</summary>
    public async Task<T> ComputeAsync<T>(long bytes, Func<T> compute, CancellationToken ct)
    {
        using var turn = await _turns.TakeAsync(1, ct);
        using var share = await _memory.TakeAsync(bytes, ct);
        return await Task.Run(compute, ct);
    }

    /// <summary>Counts processed audio.</summary>
    public void Count(TimeSpan processed) => _metrics.Count(processed);
}
