namespace SpeechEmotion.Downloads;

/// <summary>How a download waits, tries again, and is cut into pieces.</summary>
/// <param name="Connect">For a connection.</param>
/// <param name="Idle">For an answer's beginning, and then for each next piece of it.</param>
/// <param name="Retries">Failures in a row, without a byte between them, that are borne.</param>
/// <param name="Backoff">Pause after the first failure; it doubles with each further one.</param>
/// <param name="PieceLength">
/// Bytes of a piece: so much may have to be downloaded again after a kill, for each piece that was on its way.
/// </param>
internal sealed record TransferSettings(TimeSpan Connect, TimeSpan Idle, int Retries, TimeSpan Backoff, int PieceLength)
{
    /// <summary>The longest pause, whatever a server asks for.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    /// <summary>Bears a failing network for a good minute.</summary>
    public static TransferSettings Default { get; } =
        new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30), 6, TimeSpan.FromSeconds(1), 4 << 20);

    /// <summary>The pause after so many failures in a row, or what the server asks for where that is longer.</summary>
    public TimeSpan Pause(int failures, TimeSpan? asked)
    {
        var pause = Backoff * Math.Pow(2, failures - 1);
        return TimeSpan.FromTicks(Math.Min(Math.Max(pause.Ticks, (asked ?? TimeSpan.Zero).Ticks), LongestPause.Ticks));
    }
}
