using System.Collections.Concurrent;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Storage.Webhooks;

namespace SpeechEmotion.Server.Webhooks;

/// <summary>
/// Sends the events of the database, each at least once until its receiver accepts it or the attempts are used up. A stop or crash
/// loses none: an event stays due until the outcome of its attempt is stored.
/// </summary>
internal sealed class WebhookDeliveries(
    WebhookStore store, WebhookSender sender, TimeProvider time, ILogger<WebhookDeliveries> logger) : BackgroundService
{
    /// <summary>Most attempts at once, so that receivers that do not answer delay the others little.</summary>
    private const int MaxAtOnce = 8;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromHours(1);

    /// <summary>The pause after a failure of the database.</summary>
    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Task> _running = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!sender.IsOn)
            return;
        DateTimeOffset? swept = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Interval;
            try
            {
                if (swept is null || time.GetUtcNow() - swept >= SweepInterval)
                {
                    await store.SweepAsync(stoppingToken);
                    swept = time.GetUtcNow();
                }
                await BeginAsync(stoppingToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (Exception e)
            {
                // Catch all exceptions: the server keeps running, and the next round tries again.
                Report(e);
                pause = FailurePause;
            }
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await Task.WhenAll(_running.Values);
    }

    /// <summary>Begins the attempts that are due, as many as there is room for.</summary>
    private async Task BeginAsync(CancellationToken ct)
    {
        var free = MaxAtOnce - _running.Count;
        if (free <= 0)
            return;
        foreach (var entry in await store.FindDueAsync([.. _running.Keys], free, ct))
        {
            var begun = new TaskCompletionSource();
            _running[entry.Id] = AttemptAsync(entry, begun.Task, ct);
            begun.SetResult();
        }
    }

    private async Task AttemptAsync(WebhookEntry entry, Task begun, CancellationToken ct)
    {
        await begun;
        try
        {
            await RecordAsync(entry, await sender.SendAsync(entry, ct), ct);
        }
        catch (OperationCanceledException)
        {
            // The server stops: the event stays due, and the next start sends it.
        }
        catch (Exception e)
        {
            // A failure here must not stop the others.
            Report(e);
        }
        finally
        {
            _running.TryRemove(entry.Id, out _);
        }
    }

    private async Task RecordAsync(WebhookEntry entry, WebhookAnswer answer, CancellationToken ct)
    {
        var (attempts, host) = (entry.Attempts + 1, new Uri(entry.Url).Host);
        var pause = answer.Code is null || answer.IsGone ? null : WebhookSchedule.PauseAfter(attempts);
        var state = answer.Code is null ? WebhookState.Delivered : pause is null ? WebhookState.Dead : WebhookState.Pending;
        if (state == WebhookState.Delivered)
            Log.WebhookDelivered(logger, entry.Type, host, entry.Id);
        else if (state == WebhookState.Dead)
            Log.WebhookDead(logger, entry.Type, host, attempts, answer.Code!, answer.Status, entry.Id);
        else
            Log.WebhookFailed(logger, entry.Type, host, answer.Code!, answer.Status, (int)pause!.Value.TotalSeconds, entry.Id);
        while (true)
        {
            try
            {
                await store.RecordAsync(
                    entry.Id, state, attempts, answer.Status, answer.Code, pause ?? TimeSpan.Zero, CancellationToken.None);
                return;
            }
            catch (SpeechEmotionException failure)
            {
                // To end the attempt now would send the event again at once, and again after each further failure.
                Report(failure);
                await Task.Delay(FailurePause, time, ct);
            }
        }
    }

    private void Report(Exception e)
    {
        if (e is SpeechEmotionException known)
            Log.WebhooksWait(logger, known.Code, known.Message);
        else
            Log.Unexpected(logger, e);
    }
}
