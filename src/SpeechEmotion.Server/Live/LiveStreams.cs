using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Live;

/// <summary>
/// All live streams: no more than allowed, and as many computing at once as there are cores, each for one piece and then at the
/// end of the line, so that none starves and the recognitions of recordings go on beside them.
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

    /// <summary>None yet.</summary>
    public LiveStreams(
        RecognizerPool recognizers, MemoryBudget memory, LiveMetrics metrics, LiveLimits limits, IOptions<ServerOptions> options, TimeProvider time,
        IHostApplicationLifetime lifetime, ILogger<LiveStreams> logger)
    {
        (_recognizers, _memory, _metrics, _limits, _time, _logger) = (recognizers, memory, metrics, limits, time, logger);
        (Capacity, _longest, _stopping) = (options.Value.LiveStreams, TimeSpan.FromHours(options.Value.LiveHours), lifetime.ApplicationStopping);
        InferenceThreads.Reserve(Environment.ProcessorCount);
        metrics.Watch(this);
    }

    /// <summary>How many there may be.</summary>
    public int Capacity { get; }

    /// <summary>How many there are.</summary>
    public int Open => _open;

    /// <summary>Takes a place for one more; <see cref="Leave"/> gives it back.</summary>
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

    /// <summary>Says why <see cref="Enter"/> would refuse, and takes no place.</summary>
    /// <exception cref="RequestException"><c>live.too_many</c> or <c>server.stopping</c>.</exception>
    public void ShouldTakeOneMore()
    {
        if (_stopping.IsCancellationRequested)
            throw RequestErrors.Stopping();
        if (_open >= Capacity)
            throw LiveErrors.TooMany(Capacity);
    }

    /// <summary>Gives a place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _open);

    /// <summary>Serves a client to its end.</summary>
    public Task ServeAsync(WebSocket socket, string language, CancellationToken aborted) =>
        new LiveSession(this, _recognizers, socket, _limits, _longest, _time, _logger).RunAsync(language, aborted, _stopping);

    /// <summary>Computes as soon as it is the caller's turn and there is memory for it.</summary>
    public async Task<T> ComputeAsync<T>(long bytes, Func<T> compute, CancellationToken ct)
    {
        using var turn = await _turns.TakeAsync(1, ct);
        using var share = await _memory.TakeAsync(bytes, ct);
        return await Task.Run(compute, ct);
    }

    /// <summary>Counts audio that was heard.</summary>
    public void Count(TimeSpan heard) => _metrics.Count(heard);
}
