using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Storage.Webhooks;

/// <summary>A finished recognition in an event. Its fields have the names of the REST resource, which <c>link</c> addresses.</summary>
/// <param name="Id">Identifier of the recognition.</param>
/// <param name="State"><c>done</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="FileName">File name of the recording, as given by the client.</param>
/// <param name="Created">Time of the request.</param>
/// <param name="Completed">Time of the final state.</param>
/// <param name="Duration">Length of the recording in seconds; null if unknown.</param>
/// <param name="Emotion">Most probable emotion; null without a result.</param>
/// <param name="Confidence">Probability of that emotion, in [0, 1]; null without a result.</param>
/// <param name="Scores">Probabilities of all nine emotions; null without a result.</param>
/// <param name="Error">Why the recognition failed; null if it did not fail.</param>
/// <param name="Link">The path of the resource, below the base path of the server.</param>
internal sealed record WebhookRecognition(
    string Id, string State, string FileName, DateTimeOffset Created, DateTimeOffset? Completed, double? Duration, string? Emotion,
    float? Confidence, ScoresResource? Scores, RecognitionError? Error, string Link)
{
    public static WebhookRecognition Of(RecognitionDocument document) => new(
        document.Id, WebhookEntry.NameOf(document.State), document.FileName, document.Created, document.Completed, document.Duration,
        document.Emotion?.Key(), document.Confidence, document.Scores is { } scores ? ScoresResource.Of(scores) : null,
        document.Error is { } error ? new(error.Code, ClientText.Hide(error.Message), ClientText.Hide(error.MessageZh)) : null,
        WebhookEntry.PathOf(document.Id));
}
