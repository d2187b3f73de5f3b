using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Errors;

namespace SpeechEmotion.Server.Engine;

/// <summary>
/// The memory that running inferences may take together. Each takes its share before it starts, in the order in which they
/// ask, and waits where there is not enough left.
/// </summary>
public sealed class MemoryBudget(IOptions<ServerOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Queue<(long Bytes, TaskCompletionSource Turn)> _waiting = [];
    private long _taken;

    /// <summary>All of it, in bytes.</summary>
    public long Limit { get; } = options.Value.MemoryLimit > 0
        ? (long)options.Value.MemoryLimit << 20
        : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>Takes a share; disposing what is returned gives it back.</summary>
    /// <exception cref="RequestException"><c>server.memory_limit</c>: it is more than there is in all.</exception>
    public async Task<IDisposable> TakeAsync(long bytes, CancellationToken ct)
    {
        if (bytes > Limit)
            throw RequestErrors.TooMuchMemory(bytes, Limit);
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Enqueue((bytes, turn));
            Admit();
        }
        using (ct.Register(() => GiveUp(turn, ct)))
            await turn.Task;
        return new Share(this, bytes);
    }

    /// <summary>One that gives up stays in line and is passed over; those behind it may fit where it did not.</summary>
    private void GiveUp(TaskCompletionSource turn, CancellationToken ct)
    {
        if (!turn.TrySetCanceled(ct))
            return;
        lock (_gate)
            Admit();
    }

    private void Admit()
    {
        while (_waiting.TryPeek(out var next) && (next.Turn.Task.IsCanceled || _taken + next.Bytes <= Limit))
        {
            _waiting.Dequeue();
            if (next.Turn.TrySetResult())
                _taken += next.Bytes;
        }
    }

    private void GiveBack(long bytes)
    {
        lock (_gate)
        {
            _taken -= bytes;
            Admit();
        }
    }

    private sealed class Share(MemoryBudget budget, long bytes) : IDisposable
    {
        private long _bytes = bytes;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _bytes, 0) is > 0 and var taken)
                budget.GiveBack(taken);
        }
    }
}
