namespace SpeechEmotion.Server.Live;

/// <summary>The timeouts of a live client, and the limit of its buffered audio.</summary>
internal sealed record LiveLimits
{
    /// <summary>The timeout of the first message.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The timeout of further audio, and of a client that does not read the server's messages.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The timeout of the client's part of the closing handshake.</summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The length of the audio that may wait for processing.</summary>
    public TimeSpan Waiting { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Its limit in bytes; reached only beyond 192 kHz in stereo.</summary>
    public int WaitingBytes { get; init; } = 16 << 20;
}
