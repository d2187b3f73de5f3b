namespace SpeechEmotion.Server.Engine;

/// <summary>
/// Something of which there is only so much. Each takes its share in the order in which they ask, and waits where there is not
/// enough left. Thread-safe.
/// </summary>
/// <param name="total">All there is.</param>
internal sealed class WeightedSemaphore(long total)
{
    private readonly Lock _gate = new();
    private readonly Queue<(long Amount, TaskCompletionSource Turn)> _waiting = [];
    private long _taken;

    /// <summary>Takes a share, which is not larger than all there is; disposing what is returned gives it back.</summary>
    public async Task<IDisposable> TakeAsync(long amount, CancellationToken ct)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Enqueue((amount, turn));
            Admit();
        }
        using (ct.Register(() => GiveUp(turn, ct)))
            await turn.Task;
        return new Share(this, amount);
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
        while (_waiting.TryPeek(out var next) && (next.Turn.Task.IsCanceled || _taken + next.Amount <= total))
        {
            _waiting.Dequeue();
            if (next.Turn.TrySetResult())
                _taken += next.Amount;
        }
    }

    private void GiveBack(long amount)
    {
        lock (_gate)
        {
            _taken -= amount;
            Admit();
        }
    }

    private sealed class Share(WeightedSemaphore shares, long amount) : IDisposable
    {
        private long _amount = amount;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _amount, 0) is > 0 and var taken)
                shares.GiveBack(taken);
        }
    }
}
