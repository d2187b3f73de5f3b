namespace SpeechEmotion.Server.Tests.Access;

/// <summary>A clock that is set by hand.</summary>
internal sealed class HandTime : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 1, 4, 22, 30, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Now.UtcTicks;
}
