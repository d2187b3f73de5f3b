namespace SpeechEmotion.Server.Live;

/// <summary>A text message of a client after the first message.</summary>
/// <param name="Type">The type; only <c>end</c> is known.</param>
internal sealed record LiveClientMessage(string? Type)
{
    /// <summary>The type of the message that ends the audio.</summary>
    public const string End = "end";
}
