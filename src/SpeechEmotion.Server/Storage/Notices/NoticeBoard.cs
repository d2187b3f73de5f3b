using System.Collections.Concurrent;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Storage.Notices;

/// <summary>Sends messages to the programs that share the database, this one included, and receives theirs.</summary>
public sealed class NoticeBoard(HistoryDatabase database, ServerFolder folder, TimeProvider time, ILogger<NoticeBoard> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<NoticeKind, TaskCompletionSource> _next = [];
    private bool _isReported;

    /// <summary>Whether other programs may receive messages.</summary>
    public bool IsShared => database.IsShared;

    /// <summary>Receives each message, also those of this program. It must return at once.</summary>
    public event Action<Notice>? Posted;

    /// <summary>Sends messages if others may receive them. A failure is ignored: the receivers also look now and then.</summary>
    public async Task PostAsync(params IEnumerable<Notice> notices)
    {
        if (!database.IsShared)
        {
            foreach (var notice in notices)
                Publish(notice);
            return;
        }
        try
        {
            await database.PostAsync([.. notices.Select(notice => (notice with { Sender = folder.Program }).ToString())]);
        }
        catch (SpeechEmotionException)
        {
            // The next use of the database reports it.
        }
    }

    /// <summary>
    /// A task that completes with the next message of a kind. A caller that must not miss one takes the task, looks at the database, and
    /// then waits.
    /// </summary>
    public Task Next(NoticeKind kind) =>
        _next.GetOrAdd(kind, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Whether another program sent a message.</summary>
    internal bool IsForeign(Notice notice) => notice.Sender is { } sender && sender != folder.Program;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!database.IsShared)
            return;
        try
        {
            while (true)
            {
                await ListenAsync(stoppingToken);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        try
        {
            await database.ListenAsync(
                text =>
                {
                    _isReported = false;
                    Publish(text is null ? default : Notice.Parse(text));
                },
                ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Whatever fails, the connection is opened again.
            if (!_isReported)
                Log.NotListening(logger, failure.Message);
            _isReported = true;
        }
    }

    private void Publish(Notice notice)
    {
        Posted?.Invoke(notice);
        foreach (var kind in _next.Keys.Where(kind => kind == notice.Kind || notice.Kind == NoticeKind.Unknown))
        {
            if (_next.TryRemove(kind, out var next))
                next.SetResult();
        }
    }
}
