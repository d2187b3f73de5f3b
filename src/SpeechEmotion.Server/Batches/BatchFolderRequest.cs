namespace SpeechEmotion.Server.Batches;

/// <summary>A batch of recordings that are on the server, or an open batch.</summary>
/// <param name="Folder">
/// A folder, archive or manifest below the folder of <c>--batch-root</c>, relative to it; empty for that folder itself. Null for an open
/// batch without it.
/// </param>
/// <param name="Name">The name that people see, up to 200 characters; null for the name of the folder.</param>
/// <param name="Priority">Batches with a greater priority are processed first, -10 to 10.</param>
/// <param name="Open">Whether recordings will be added.</param>
/// <param name="Webhook">
/// The URL that receives a signed event when the batch is done, cancelled or stopped by a failure; null for none.
/// </param>
/// <param name="Options">How to recognize each recording; null for the defaults.</param>
public sealed record BatchFolderRequest(
    string? Folder = null, string? Name = null, int Priority = 0, bool Open = false, string? Webhook = null,
    BatchOptionsRequest? Options = null);
