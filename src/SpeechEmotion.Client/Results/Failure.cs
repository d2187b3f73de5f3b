namespace SpeechEmotion.Client.Results;

/// <summary>The reason why there is no result.</summary>
public sealed record Failure
{
    /// <summary>Stable code for programs.</summary>
    public required string Code { get; init; }

    /// <summary>Text for people, in the requested language.</summary>
    public required string Message { get; init; }
}
