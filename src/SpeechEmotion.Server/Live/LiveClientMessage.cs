using System.ComponentModel.DataAnnotations;

namespace SpeechEmotion.Server.Live;

/// <summary>A text message of the client after its first one.</summary>
/// <param name="Type"><c>end</c>: the stream ends, and the server sends the summary.</param>
internal sealed record LiveClientMessage([property: Required, AllowedValues(LiveClientMessage.End)] string? Type)
{
    /// <summary>The client sends no more samples.</summary>
    public const string End = "end";
}
