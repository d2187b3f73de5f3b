namespace SpeechEmotion.Tests.Outputs;

/// <summary>A clock fixed at 2024-01-04 22:30:00, eight hours east of Greenwich.</summary>
internal sealed class FixedTime : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone { get; } =
        TimeZoneInfo.CreateCustomTimeZone("UTC+8", TimeSpan.FromHours(8), "UTC+8", "UTC+8");

    public override DateTimeOffset GetUtcNow() => new(2024, 1, 4, 14, 30, 0, TimeSpan.Zero);
}
