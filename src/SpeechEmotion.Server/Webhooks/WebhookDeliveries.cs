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
    /// <summary>Most attempts at once.</summary>
    private const int MaxAtOnce = 8;

    /// <summary>Most attempts at once for one receiver, so that one that does not answer delays the others little.</summary>
    private const int MaxPerReceiver = 2;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromHours(1);

    /// <summary>The pause after a failure of the database.</summary>
    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (string Receiver, Task Attempt)> _running = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!sender.IsOn)
            return;
        DateTimeOffset? swept = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            IEnumerable<Task> ends = [];
            var pause = Interval;
            try
            {
                if (swept is null || time.GetUtcNow() - swept >= SweepInterval)
                {
                    await store.SweepAsync(stoppingToken);
                    swept = time.GetUtcNow();
                }
                await BeginAsync(stoppingToken);
                ends = _running.Values.Select(running => running.Attempt);
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
            // The end of an attempt makes room for the next event.
            await Task.WhenAny([Task.Delay(pause, time, stoppingToken), .. ends]);
        }
        await Task.WhenAll(_running.Values.Select(running => running.Attempt));
    }

    /// <summary>Begins the attempts that are due, as many as there is room for.</summary>
    private async Task BeginAsync(CancellationToken ct)
    {
        while (_running.Count < MaxAtOnce && await store.TakeDueAsync([.. _running.Keys], [.. Busy()], ct) is { } entry)
        {
            var begun = new TaskCompletionSource();
            _running[entry.Id] = (ReceiverOf(entry.Url), AttemptAsync(entry, begun.Task, ct));
            begun.SetResult();
        }
    }

    /// <summary>The receivers that have as many attempts as one may have.</summary>
    private IEnumerable<string> Busy() => _running.Values.GroupBy(running => running.Receiver)
        .Where(attempts => attempts.Count() >= MaxPerReceiver).Select(attempts => attempts.Key);

    /// <summary>The beginning that all URLs of a receiver share: scheme, host and port. URLs are stored in their normal form.</summary>
    private static string ReceiverOf(string url) => new Uri(url).GetLeftPart(UriPartial.Authority) + "/";

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
            // A failure here must not stop the others. The event is still due, but it must not be sent again at once.
            Report(e);
            await Task.Delay(FailurePause, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
