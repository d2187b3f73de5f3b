namespace SpeechEmotion.Downloads;

/// <summary>The timeouts, retries and piece length of a download.</summary>
/// <param name="Connect">The timeout of a connection attempt.</param>
/// <param name="Idle">The timeout of the start of a response, and of each following read from it.</param>
/// <param name="Retries">The number of consecutive failures, without a byte between them, that are retried.</param>
/// <param name="Backoff">The pause after the first failure; it doubles with each further failure.</param>
/// <param name="PieceLength">
/// The length of a piece in bytes. After the process is killed, each unfinished piece is downloaded again from its beginning.
/// </param>
internal sealed record TransferSettings(TimeSpan Connect, TimeSpan Idle, int Retries, TimeSpan Backoff, int PieceLength)
{
    /// <summary>The longest pause, whatever a server requests.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    /// <summary>The default settings; they tolerate a network failure of a little over a minute.</summary>
    public static TransferSettings Default { get; } =
        new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30), 6, TimeSpan.FromSeconds(1), 4 << 20);

    /// <summary>Returns the pause after a number of consecutive failures, or the pause that the server requests if it is longer.</summary>
    public TimeSpan Pause(int failures, TimeSpan? asked)
    {
        var pause = Backoff * Math.Pow(2, failures - 1);
        return TimeSpan.FromTicks(Math.Min(Math.Max(pause.Ticks, (asked ?? TimeSpan.Zero).Ticks), LongestPause.Ticks));
    }
}
