namespace SpeechEmotion.Client.Options;

/// <summary>How a client behaves.</summary>
public sealed record ClientOptions
{
    /// <summary>The language of messages: <c>en</c> or <c>zh</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>
    /// How long a request is repeated while the server cannot be reached or is too busy; zero for never. The pauses between the attempts
    /// grow from half a second to 15 seconds, or are as long as the server asks.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The clock of pauses and limits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
