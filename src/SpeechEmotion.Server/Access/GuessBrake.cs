namespace SpeechEmotion.Server.Access;

/// <summary>
/// Slows guessing down: whoever was wrong ten times may not try again for a while. It counts by address, so that nobody can
/// lock somebody else out from afar.
/// </summary>
internal sealed class GuessBrake(TimeProvider time)
{
    private const int Tries = 10;
    private const int Capacity = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    private readonly ExpiringTable<Guesses> _guesses = new(Capacity, Pause, time);

    /// <summary>Seconds until that place may try again; null where it may at once.</summary>
    public int? Wait(string place) => _guesses.Find(place) is { Wrong: >= Tries } guesses
        ? Math.Max(1, (int)Math.Ceiling((Pause - time.GetElapsedTime(guesses.Begun)).TotalSeconds))
        : null;

    /// <summary>Counts a wrong guess.</summary>
    public void Count(string place) => _guesses.FindOrAdd(place, () => new(time.GetTimestamp())).Add();

    private sealed class Guesses(long begun)
    {
        private int _wrong;

        public long Begun { get; } = begun;

        public int Wrong => Volatile.Read(ref _wrong);

        public void Add() => Interlocked.Increment(ref _wrong);
    }
}
