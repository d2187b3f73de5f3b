namespace SpeechEmotion.Server.Tests.Support;

/// <summary>A clock whose timers fire when the test says so.</summary>
internal sealed class TimerTime : TimeProvider, IDisposable
{
    private readonly List<ITimer> _timers = [];
    private readonly List<Action> _fire = [];

    /// <summary>Fires every timer that was created.</summary>
    public void Fire() => _fire.ForEach(fire => fire());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timers.Add(timer);
        _fire.Add(() => callback(state));
        return timer;
    }

    public void Dispose() => _timers.ForEach(timer => timer.Dispose());
}
