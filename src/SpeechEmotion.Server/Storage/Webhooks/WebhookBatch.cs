using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Storage.Webhooks;

/// <summary>A batch in an event.</summary>
/// <param name="Id">Identifier of the batch.</param>
/// <param name="Name">The name that people see.</param>
/// <param name="State"><c>done</c>, <c>paused</c> or <c>cancelled</c>.</param>
/// <param name="Items">Number of recordings.</param>
/// <param name="Succeeded">Number of recordings with a result.</param>
/// <param name="Failed">Number of recordings with an error.</param>
/// <param name="Error">The failure that paused the batch; null if there is none.</param>
/// <param name="Link">The path of the resource, below the base path of the server.</param>
internal sealed record WebhookBatch(
    int Id, string Name, string State, int Items, int Succeeded, int Failed, RecognitionError? Error, string Link)
{
    public static WebhookBatch Of(BatchEntry batch, BatchProgress progress) => new(
        batch.Id, batch.Name, WebhookEntry.NameOf(batch.State), progress.Items, progress.Succeeded, progress.Failed,
        batch.Code is { } code ? new(code, ClientText.Hide(batch.Message ?? ""), ClientText.Hide(batch.MessageZh ?? "")) : null,
        WebhookEntry.PathOf(batch.Id));
}
