using System.Text.Json.Serialization;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Recognitions;

namespace SpeechEmotion.Server.Live;

/// <summary>A text message from the server on a live stream.</summary>
/// <remarks>Describes the JSON that <see cref="LiveSender"/> writes.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Ready), "ready")]
[JsonDerivedType(typeof(Partial), "partial")]
[JsonDerivedType(typeof(Segment), "segment")]
[JsonDerivedType(typeof(Lag), "lag")]
[JsonDerivedType(typeof(Summary), "summary")]
[JsonDerivedType(typeof(Error), "error")]
internal abstract record LiveMessage
{
    private LiveMessage()
    {
    }

    /// <summary>The first message: the server accepts samples.</summary>
    /// <param name="Model">The model that processes the stream.</param>
    /// <param name="Hop">Seconds from one partial result to the next.</param>
    /// <param name="Window">Seconds of audio that a partial result covers.</param>
    internal sealed record Ready(LiveModelResource Model, double Hop, double Window) : LiveMessage;

    /// <summary>The result over the last window, sent after each hop.</summary>
    /// <param name="Start">Start of the window, in seconds from the start of the stream.</param>
    /// <param name="End">End of the window, in seconds from the start of the stream.</param>
    /// <param name="Speech">Whether the window contains speech.</param>
    /// <param name="Emotion">The most probable emotion; null without speech.</param>
    /// <param name="Confidence">Its probability, in [0, 1]; null without speech.</param>
    /// <param name="Scores">All nine probabilities; null without speech.</param>
    internal sealed record Partial(
        double Start, double End, bool Speech, Emotion? Emotion, float? Confidence, ScoresResource? Scores)
        : LiveMessage;

    /// <summary>A finished segment of speech.</summary>
    /// <param name="Channel">Index of the channel.</param>
    /// <param name="Start">Start of the segment, in seconds from the start of the stream.</param>
    /// <param name="End">End of the segment, in seconds from the start of the stream.</param>
    /// <param name="Emotion">The most probable emotion.</param>
    /// <param name="Confidence">Its probability, in [0, 1].</param>
    /// <param name="Scores">All nine probabilities.</param>
    /// <param name="Quality">Reasons why the result may be unreliable.</param>
    internal sealed record Segment(
        int Channel, double Start, double End, Emotion Emotion, float Confidence, ScoresResource Scores,
        IReadOnlyList<BilingualNoteResource> Quality)
        : LiveMessage;

    /// <summary>The server falls behind the client and skips partial results; it never skips segments.</summary>
    /// <param name="Behind">Seconds of audio that wait for processing.</param>
    /// <param name="Skipped">Number of partial results skipped so far.</param>
    internal sealed record Lag(double Behind, int Skipped) : LiveMessage;

    /// <summary>The last message of a stream that the client ended.</summary>
    /// <param name="Timeline">The timeline of the whole stream.</param>
    internal sealed record Summary(TimelineResource Timeline) : LiveMessage;

    /// <summary>The reason why the server ends the stream.</summary>
    /// <param name="Code">Stable code for programs.</param>
    /// <param name="Message">Text for people, in the language of the stream.</param>
    internal sealed record Error(string Code, string Message) : LiveMessage;
}
