namespace SpeechEmotion.Server.Webhooks;

/// <summary>When failed attempts are repeated: nine attempts within about a day.</summary>
internal static class WebhookSchedule
{
    /// <summary>Receivers that failed together are not called again together.</summary>
    private const double Jitter = 0.1;

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1),
        TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
    ];

    /// <summary>Returns the pause after a number of failed attempts, up to 10 % longer than planned; null if none follows.</summary>
    public static TimeSpan? PauseAfter(int attempts) =>
        attempts <= Pauses.Length ? Pauses[attempts - 1] * (1 + (Jitter * Random.Shared.NextDouble())) : null;
}
