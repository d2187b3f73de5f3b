namespace SpeechEmotion.Server.Jobs;

/// <summary>
/// Lets single recognitions go before those of batches: a recording of a batch starts only if fewer recognitions run than there are
/// cores. Single recognitions never wait here. Thread-safe.
/// </summary>
public sealed class InferenceTurns
{
    private readonly Lock _gate = new();
    private readonly ChangeSignal _ended = new();
    private int _running;

    /// <summary>Most recognitions that run while one of a batch starts.</summary>
    public int Lanes { get; } = Environment.ProcessorCount;

    /// <summary>Number of recognitions that run now.</summary>
    public int Running
    {
        get
        {
            lock (_gate)
                return _running;
        }
    }

    /// <summary>Counts a single recognition as running until the result is disposed.</summary>
    public IDisposable BeginSingle()
    {
        lock (_gate)
            _running++;
        return new Turn(this);
    }

    /// <summary>Waits for the turn of a recording of a batch; it ends when the result is disposed.</summary>
    public async Task<IDisposable> BeginBatchAsync(CancellationToken ct)
    {
        while (true)
        {
            Task ended;
            lock (_gate)
            {
                if (_running < Lanes)
                {
                    _running++;
                    return new Turn(this);
                }
                ended = _ended.Next;
            }
            await ended.WaitAsync(ct);
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _running--;
            _ended.Raise();
        }
    }

    private sealed class Turn(InferenceTurns turns) : IDisposable
    {
        private int _isDisposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
                turns.End();
        }
    }
}
