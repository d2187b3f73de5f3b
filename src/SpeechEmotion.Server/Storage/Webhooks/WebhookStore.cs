using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Server.Storage.Programs;

namespace SpeechEmotion.Server.Storage.Webhooks;

/// <summary>The events and their deliveries.</summary>
/// <remarks>All methods may throw the exceptions of <see cref="HistoryDatabase"/>.</remarks>
public sealed class WebhookStore(HistoryDatabase database, ProgramLease programs, TimeProvider time)
{
    private static readonly TimeSpan DeliveredRetention = TimeSpan.FromDays(7);
    private static readonly TimeSpan DeadRetention = TimeSpan.FromDays(30);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>
    /// Takes the event whose attempt is next, if it is due: those with the fewest attempts go first, so that receivers that fail do not
    /// delay the others.
    /// </summary>
    /// <param name="except">Identifiers of events that this program sends.</param>
    /// <param name="busy">Beginnings of the URLs of receivers that get no more events now.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <returns>Null if no event is due.</returns>
    public Task<WebhookEntry?> TakeDueAsync(
        IReadOnlyCollection<string> except, IReadOnlyCollection<string> busy, CancellationToken ct)
    {
        var now = Now;
        return programs.TakeAsync(
            context =>
            {
                var due = context.Webhooks
                    .Where(entry => entry.State == WebhookState.Pending && entry.Due <= now && !except.Contains(entry.Id));
                foreach (var receiver in busy)
                    due = due.Where(entry => !entry.Url.StartsWith(receiver));
                return due.OrderBy(entry => entry.Attempts).ThenBy(entry => entry.Due);
            },
            nameof(WebhookEntry.Sender), ct);
    }

    /// <summary>Stores the outcome of an attempt, if the event still exists.</summary>
    /// <param name="id">The event.</param>
    /// <param name="state">The state after the attempt.</param>
    /// <param name="attempts">Number of attempts so far.</param>
    /// <param name="status">HTTP status of the answer; null if there was none.</param>
    /// <param name="code">Code of the failure; null if there was none.</param>
    /// <param name="pause">The time until the next attempt; ignored if none follows.</param>
    /// <param name="ct">Cancels the operation.</param>
    public Task RecordAsync(
        string id, WebhookState state, int attempts, int? status, string? code, TimeSpan pause, CancellationToken ct)
    {
        var now = Now;
        var (due, completed) = (now + (long)pause.TotalMilliseconds, state == WebhookState.Pending ? null : (long?)now);
        return database.WriteAsync(
            // Another server may have taken the event from one that was silent.
            context => context.Webhooks.Where(entry => entry.Id == id && entry.Sender == programs.Name).ExecuteUpdateAsync(
                entry => entry.SetProperty(e => e.State, state).SetProperty(e => e.Attempts, attempts).SetProperty(e => e.Status, status)
                    .SetProperty(e => e.Code, code).SetProperty(e => e.Due, due).SetProperty(e => e.Completed, completed)
                    .SetProperty(e => e.Sender, (string?)null),
                ct),
            ct);
    }

    /// <summary>Makes an event due at once, with all attempts before it, whatever its state.</summary>
    /// <returns>The event; null if it does not exist.</returns>
    public Task<WebhookEntry?> RetryAsync(string id, CancellationToken ct) => database.WriteAsync(async context =>
    {
        if (await context.Webhooks.Locked().FirstOrDefaultAsync(entry => entry.Id == id, ct) is not { } entry)
            return null;
        (entry.State, entry.Attempts, entry.Due, entry.Completed) = (WebhookState.Pending, 0, Now, null);
        await context.SaveChangesAsync(ct);
        return entry;
    }, ct);

    /// <summary>Returns events, newest first.</summary>
    /// <param name="state">Only events in this state; null for all.</param>
    /// <param name="before">Only events older than the one with this identifier; null for all.</param>
    /// <param name="limit">The most that are returned.</param>
    /// <param name="ct">Cancels the operation.</param>
    public Task<IReadOnlyList<WebhookEntry>> ListAsync(WebhookState? state, string? before, int limit, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<WebhookEntry>>(async context => await context.Webhooks.AsNoTracking()
            .Where(entry => (state == null || entry.State == state) && (before == null || string.Compare(entry.Id, before) < 0))
            .OrderByDescending(entry => entry.Id).Take(limit).ToListAsync(ct));

    /// <summary>Deletes delivered events after 7 days and dead ones after 30.</summary>
    public Task<int> SweepAsync(CancellationToken ct)
    {
        var (delivered, dead) = (Now - (long)DeliveredRetention.TotalMilliseconds, Now - (long)DeadRetention.TotalMilliseconds);
        return database.WriteAsync(
            context => context.Webhooks
                .Where(entry => (entry.State == WebhookState.Delivered && entry.Completed < delivered)
                    || (entry.State == WebhookState.Dead && entry.Completed < dead))
                .ExecuteDeleteAsync(ct),
            ct);
    }
}
