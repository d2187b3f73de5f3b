using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Batches;

/// <summary>Links of a batch. A link is null if the batch's state does not allow the action.</summary>
/// <param name="Self">The batch itself.</param>
/// <param name="Events">Server-sent events of the batch.</param>
/// <param name="Items">Its recordings with their outcomes.</param>
/// <param name="Export">Its results as a file.</param>
/// <param name="Recordings">POST to this link to add recordings, while the batch is open.</param>
/// <param name="Seal">POST to this link to end an open batch.</param>
/// <param name="Pause">POST to this link to pause the batch.</param>
/// <param name="Resume">POST to this link to resume a paused or cancelled batch.</param>
/// <param name="Cancel">POST to this link to cancel the batch.</param>
/// <param name="Retry">POST to this link to process failed recordings again.</param>
public sealed record BatchLinks(
    string Self, string Events, string Items, string Export, string? Recordings, string? Seal, string? Pause, string? Resume,
    string? Cancel, string? Retry)
{
    /// <summary>Returns the address of a batch, including the path base of the server.</summary>
    internal static string SelfOf(int id, HttpContext context) => $"{context.Request.PathBase}/api/v1/batches/{id}";

    internal static BatchLinks Of(BatchEntry batch, BatchProgress progress, HttpContext context)
    {
        var self = SelfOf(batch.Id, context);
        string? If(bool allowed, string action) => allowed ? $"{self}/{action}" : null;
        return new(
            self, $"{self}/events", $"{self}/items", $"{self}/export",
            If(batch.Open, "recordings"),
            If(batch.Open, "seal"),
            If(batch.State == BatchState.Running, "pause"),
            If(batch.State is BatchState.Paused or BatchState.Cancelled, "resume"),
            If(batch.State is BatchState.Running or BatchState.Paused, "cancel"),
            If(progress.Failed > 0, "retry"));
    }
}
