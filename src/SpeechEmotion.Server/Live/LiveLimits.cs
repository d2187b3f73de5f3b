namespace SpeechEmotion.Server.Live;

/// <summary>How long the server waits for a client, and how much of its audio.</summary>
internal sealed record LiveLimits
{
    /// <summary>For the first message.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For more audio, and for a client that does not read what it is told.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For the client's part of the closing.</summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Audio that may wait to be heard.</summary>
    public TimeSpan Waiting { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The same in bytes at most; reached only beyond 192 kHz in stereo.</summary>
    public int WaitingBytes { get; init; } = 16 << 20;
}
