using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using SpeechEmotion.Options;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>A leased chunk that the engine processes.</summary>
/// <param name="chunk">The lease.</param>
/// <param name="batch">The batch, as it was when the lease began.</param>
/// <param name="started">Timestamp of the lease.</param>
/// <param name="span">The span of the chunk; null if nothing receives it.</param>
[SuppressMessage("Reliability", "CA1001", Justification = "Without a timer the source holds nothing, and it may be cancelled at any time.")]
internal sealed class ChunkRun(LeasedChunk chunk, BatchEntry batch, long started, Activity? span)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private int _open = chunk.Items.Count;

    /// <summary>The lease.</summary>
    public LeasedChunk Chunk { get; } = chunk;

    /// <summary>The batch.</summary>
    public BatchEntry Batch { get; } = batch;

    /// <summary>The options of the batch.</summary>
    public BatchOptions Options { get; } = BatchStore.OptionsOf(batch);

    /// <summary>Timestamp of the lease.</summary>
    public long Started { get; } = started;

    /// <summary>The span of the chunk, which its recordings are parts of; null if nothing receives it.</summary>
    public Activity? Span { get; } = span;

    /// <summary>Whether the items that have not begun are to be skipped.</summary>
    public bool IsStopped => _stop.IsCancellationRequested;

    /// <summary>Cancelled when they are to be skipped.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Completes when the lease has ended.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Skips the items that have not begun.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Counts stored or skipped items.</summary>
    /// <returns>Whether they were the last ones of the chunk.</returns>
    public bool EndItems(int items) => (_open -= items) == 0;

    /// <summary>Marks the lease as ended.</summary>
    public void End()
    {
        Span?.Dispose();
        _ended.TrySetResult();
    }
}
