using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using SpeechEmotion.Errors;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Jobs;

/// <summary>A recognition from its request to its final state. Any number of callers may watch it. Thread-safe.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Without a timer the source holds nothing, and it may be cancelled at any time.")]
public sealed class RecognitionJob
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ChangeSignal _changed = new();
    private readonly TimeProvider _time;

    /// <summary>Creates a queued recognition.</summary>
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
                Upload = Path.GetFileName(request.Recording.Path),
                RequestedModel = request.Model,
                Webhook = request.Webhook,
                Trace = ServerTraces.Current,
                Version = ProductVersion.Text,
            },
            null, null);
    }

    /// <summary>Creates a queued recognition from one that an earlier run of the server accepted.</summary>
    /// <param name="document">The recognition as the history has it.</param>
    /// <param name="recording">Its recording.</param>
    /// <param name="time">The clock.</param>
    internal RecognitionJob(RecognitionDocument document, UploadedRecording recording, TimeProvider time)
    {
        _time = time;
        Request = new(
            recording,
            new()
            {
                Granularity = document.Granularity,
                Embedding = document.Embedding,
                Segments = document.Segments,
                Silence = document.Silence,
                Channels = document.Channels,
                Roles = document.Roles ?? [],
            },
            document.RequestedModel);
        Current = new(document with { State = RecognitionState.Queued }, null, null);
    }

    /// <summary>Creates a recognition that another program has.</summary>
    internal static RecognitionJob Of(RecognitionDocument document, TimeProvider time) =>
        new(document, new("", document.FileName, document.Size, Temporary: false), time) { Current = new(document, null, null) };

    /// <summary>Identifier of the recognition.</summary>
    public string Id => Current.Document.Id;

    /// <summary>The request.</summary>
    public RecognitionRequest Request { get; }

    /// <summary>Current state.</summary>
    public JobSnapshot Current { get; private set; }

    /// <summary>The timeline of the result, until the history contains it; null if there is none.</summary>
    internal Timeline? Timeline { get; set; }

    /// <summary>Whether it was taken from another program, so that others can process it if this one cannot.</summary>
    internal bool IsTaken { get; init; }

    /// <summary>Whether an earlier run may have crashed on the recording.</summary>
    internal bool IsRetried => Current.Document.Attempts > 0;

    /// <summary>Why the recognition failed; null if it has not failed.</summary>
    public SpeechEmotionException? Error { get; private set; }

    /// <summary>Whether the history contains the final state.</summary>
    public bool IsRecorded { get; private set; }

    /// <summary>A task that completes when the recognition reaches any final state; it never faults.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Token that <see cref="Cancel"/> cancels.</summary>
    public CancellationToken Cancellation => _cancellation.Token;

    /// <summary>Cancels the recognition: removes it from the queue, or stops it if it is running.</summary>
    public void Cancel() => _cancellation.Cancel();

    /// <summary>Returns the current state and then each change until the final state; a slow watcher skips intermediate states.</summary>
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

    /// <summary>Adds a line to the recognition's log; the caller writes to the server's log.</summary>
    internal void AddLine(string level, string message)
    {
        var line = LogLine.Of(_time.GetLocalNow(), level, message);
        Update(now => now with { Document = now.Document with { Log = [.. now.Document.Log, line] } });
    }

    /// <summary>Changes the state and notifies the watchers.</summary>
    internal void Update(Func<JobSnapshot, JobSnapshot> change)
    {
        lock (_gate)
        {
            Current = change(Current);
            _changed.Raise();
        }
    }

    /// <summary>Sets the final state.</summary>
    internal void Finish(RecognitionDocument document, SpeechEmotionException? error, bool recorded)
    {
        (Error, IsRecorded) = (error, recorded);
        Update(_ => new(document, document.State == RecognitionState.Done ? 1 : null, null));
        _completion.TrySetResult();
    }
}
