namespace SpeechEmotion.Server.Engine;

/// <summary>
/// A FIFO semaphore whose permits have sizes: each caller takes an amount in the order of the calls, and waits while too little is
/// left. Thread-safe.
/// </summary>
/// <param name="total">The total amount.</param>
internal sealed class WeightedSemaphore(long total)
{
    private readonly Lock _gate = new();
    private readonly Queue<(long Amount, TaskCompletionSource Turn)> _waiting = [];
    private long _taken;

    /// <summary>Takes an amount, which must not exceed the total; disposing the result returns it.</summary>
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

    /// <summary>
    /// Cancels a waiting caller. It stays in the queue and is skipped; callers behind it may fit although it did not.
    /// </summary>
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
