using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using SpeechEmotion.Errors;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Jobs;

/// <summary>A recognition from being asked for to its end, which any number of callers may watch. Thread-safe.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Without a timer the source holds nothing, and it may be cancelled at any time.")]
public sealed class RecognitionJob
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ChangeSignal _changed = new();
    private readonly TimeProvider _time;

    /// <summary>A recognition that waits.</summary>
    public RecognitionJob(RecognitionRequest request, TimeProvider time)
    {
        (Request, _time) = (request, time);
        Current = new(
            new()
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N"),
                State = RecognitionState.Queued,
                FileName = request.Recording.Name,
                Size = request.Recording.Size,
                Created = time.GetLocalNow(),
                Granularity = request.Options.Granularity,
                Embedding = request.Options.Embedding,
                Segments = request.Options.Segments,
                Silence = request.Options.Silence,
                Channels = request.Options.Channels,
                Roles = request.Options.Roles is { Count: > 0 } roles ? roles : null,
                Version = ProductVersion.Text,
            },
            null, null);
    }

    /// <summary>Its name.</summary>
    public string Id => Current.Document.Id;

    /// <summary>What was asked for.</summary>
    public RecognitionRequest Request { get; }

    /// <summary>How it stands now.</summary>
    public JobSnapshot Current { get; private set; }

    /// <summary>Why it failed; null where it did not.</summary>
    public SpeechEmotionException? Error { get; private set; }

    /// <summary>Whether its end is in the history.</summary>
    public bool IsRecorded { get; private set; }

    /// <summary>Done when it has come to its end, whichever; it never faults.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Signalled by <see cref="Cancel"/>.</summary>
    public CancellationToken Cancellation => _cancellation.Token;

    /// <summary>Takes it back: one that waits leaves the queue, one that runs is ended.</summary>
    public void Cancel() => _cancellation.Cancel();

    /// <summary>How it stands now, then each change that the watcher keeps up with, until its end.</summary>
    public async IAsyncEnumerable<JobSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        while (true)
        {
            JobSnapshot snapshot;
            Task changed;
            lock (_gate)
                (snapshot, changed) = (Current, _changed.Next);
            yield return snapshot;
            if (snapshot.Document.IsFinal)
                yield break;
            await changed.WaitAsync(ct);
        }
    }

    /// <summary>Adds a line to its own log; the caller has told the server's.</summary>
    internal void AddLine(string level, string message)
    {
        var line = LogLine.Of(_time.GetLocalNow(), level, message);
        Update(now => now with { Document = now.Document with { Log = [.. now.Document.Log, line] } });
    }

    /// <summary>Changes how it stands, and wakes those who watch.</summary>
    internal void Update(Func<JobSnapshot, JobSnapshot> change)
    {
        lock (_gate)
        {
            Current = change(Current);
            _changed.Raise();
        }
    }

    /// <summary>Brings it to its end.</summary>
    internal void Finish(RecognitionDocument record, SpeechEmotionException? error, bool recorded)
    {
        (Error, IsRecorded) = (error, recorded);
        Update(_ => new(record, record.State == RecognitionState.Done ? 1 : null, null));
        _completion.TrySetResult();
    }
}
