namespace SpeechEmotion.Server.Live;

/// <summary>A text message after the first one.</summary>
/// <param name="Type">Only <c>end</c> is known.</param>
internal sealed record LiveClientMessage(string? Type)
{
    /// <summary>Nothing more comes.</summary>
    public const string End = "end";
}
