using System.Diagnostics;
using Npgsql;

namespace SpeechEmotion.Bench;

/// <summary>Measures the longest time without a new outcome.</summary>
internal sealed class OutcomeWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Task _run;

    /// <summary>Begins to watch.</summary>
    public OutcomeWatch(TrialDatabase postgres) => _run = Task.Run(() => RunAsync(postgres));

    /// <summary>The longest time between two outcomes so far.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset LongestEnd { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _run;
        _end.Dispose();
    }

    private async Task RunAsync(TrialDatabase postgres)
    {
        var (last, since) = (0L, Stopwatch.StartNew());
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var count = await postgres.CountOutcomesAsync();
                if (count != last)
                {
                    if (last > 0 && since.Elapsed > Longest)
                        (Longest, LongestEnd) = (since.Elapsed, DateTimeOffset.UtcNow);
                    (last, since) = (count, Stopwatch.StartNew());
                }
            }
            catch (NpgsqlException)
            {
                // The database was killed.
            }
            await Task.Delay(200, CancellationToken.None);
        }
    }
}
