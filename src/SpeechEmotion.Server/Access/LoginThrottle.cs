namespace SpeechEmotion.Server.Access;

/// <summary>
/// Limits guesses per address, so that no client can lock out a client at another address. After ten wrong guesses the address is
/// throttled: wrong guesses get a 429, right ones still pass, because many people may share the address of an office or a proxy.
/// After fifty it is exhausted: one guess in six seconds is checked, besides credentials that were right from there before. That
/// allows a hundred guesses in five minutes.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class LoginThrottle(TimeProvider time)
{
    private const int Throttled = 10;
    private const int Exhausted = 50;
    private const int Capacity = 10_000;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly ExpiringTable<Guesses> _guesses = new(Capacity, Life, time);
    private readonly ExpiringTable<string> _right = new(Capacity, LoginSessions.Life, time);

    /// <summary>Returns the seconds until enough wrong guesses from a network have expired; null if it is not throttled.</summary>
    /// <param name="place">The hash of the client's network.</param>
    public int? Wait(string place) => Wait(place, Throttled);

    /// <summary>Returns whether a proof from a network may be checked.</summary>
    /// <param name="place">The hash of the client's network.</param>
    /// <param name="proof">The hash of the proof.</param>
    public bool MayCheck(string place, string proof) => Wait(place, Exhausted) is null || _right.Find(place + proof) is not null;

    /// <summary>Remembers that a proof was right.</summary>
    public void Remember(string place, string proof) => _right.FindOrAdd(place + proof, () => "");

    /// <summary>Counts a wrong proof. A repeated one is not another guess: it is a program with an old key.</summary>
    /// <param name="place">The hash of the client's network.</param>
    /// <param name="guess">A short hash of the proof.</param>
    /// <returns>Whether it is another guess.</returns>
    public bool Count(string place, string guess) => _guesses.FindOrAdd(place, () => new()).Add(guess, time);

    private int? Wait(string place, int most) =>
        _guesses.Find(place)?.Until(most, time) is { Ticks: > 0 } wait ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : null;

    /// <summary>The wrong guesses of one network. One expires every <see cref="Step"/>.</summary>
    private sealed class Guesses
    {
        private readonly Lock _gate = new();
        private readonly HashSet<string> _proofs = [];
        private DateTimeOffset _forgiven;

        /// <summary>Returns the time until fewer than that number are left; zero or negative if that is already so.</summary>
        public TimeSpan Until(int most, TimeProvider time)
        {
            lock (_gate)
                return _forgiven - time.GetUtcNow() - (Step * (most - 1));
        }

        public bool Add(string proof, TimeProvider time)
        {
            lock (_gate)
            {
                // An exhausted address adds no unchecked guesses, so the set stays within the limit.
                if (!_proofs.Add(proof))
                    return false;
                var now = time.GetUtcNow();
                _forgiven = (_forgiven > now ? _forgiven : now) + Step;
                return true;
            }
        }
    }
}
