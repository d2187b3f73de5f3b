namespace SpeechEmotion.Server.Access;

/// <summary>
/// Bounds guessing by address, so that no client can lock out another one from afar. Ten wrong guesses and the address is braked: wrong
/// ones get a 429, right ones still pass, because an office or a proxy puts many people behind one address. Fifty, and it is
/// exhausted: one guess in six seconds is checked, and what was right from there before. That makes a hundred guesses in five minutes.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class LoginThrottle(TimeProvider time)
{
    private const int Braked = 10;
    private const int Exhausted = 50;
    private const int Capacity = 10_000;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly ExpiringTable<Guesses> _guesses = new(Capacity, Life, time);
    private readonly ExpiringTable<string> _right = new(Capacity, LoginSessions.Life, time);

    /// <summary>Seconds until wrong guesses from a place are forgiven; null where it is not braked.</summary>
    public int? Wait(string place) => Wait(place, Braked);

    /// <summary>Whether a proof from a place may be checked.</summary>
    /// <param name="place">The address.</param>
    /// <param name="proof">The hash of what is shown.</param>
    public bool MayCheck(string place, string proof) => Wait(place, Exhausted) is null || _right.Find(place + proof) is not null;

    /// <summary>Notes that a proof was right.</summary>
    public void Remember(string place, string proof) => _right.FindOrAdd(place + proof, () => "");

    /// <summary>Counts a wrong proof. The same one again is a program with an old key, not another guess.</summary>
    public void Count(string place, string proof) => _guesses.FindOrAdd(place, () => new()).Add(proof, time);

    private int? Wait(string place, int most) =>
        _guesses.Find(place)?.Until(most, time) is { Ticks: > 0 } wait ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : null;

    /// <summary>The wrong guesses of one address. One is forgiven each <see cref="Step"/>.</summary>
    private sealed class Guesses
    {
        private readonly Lock _gate = new();
        private readonly HashSet<string> _proofs = [];
        private DateTimeOffset _forgiven;

        /// <summary>How long until fewer than that number are left; not positive where they already are.</summary>
        public TimeSpan Until(int most, TimeProvider time)
        {
            lock (_gate)
                return _forgiven - time.GetUtcNow() - (Step * (most - 1));
        }

        public void Add(string proof, TimeProvider time)
        {
            lock (_gate)
            {
                // An address whose guesses were not checked adds none, so the set stays as small as their bound.
                if (!_proofs.Add(proof))
                    return;
                var now = time.GetUtcNow();
                _forgiven = (_forgiven > now ? _forgiven : now) + Step;
            }
        }
    }
}
