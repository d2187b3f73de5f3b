using System.Collections.Concurrent;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>A clock whose pauses end at once and are remembered. Limits, which are longer than any pause, are never reached.</summary>
internal sealed class SwiftTime : TimeProvider
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<TimeSpan> _pauses = [];

    /// <summary>The pauses so far.</summary>
    public TimeSpan[] Pauses => [.. _pauses];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan || dueTime > LongestPause)
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        _pauses.Enqueue(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
