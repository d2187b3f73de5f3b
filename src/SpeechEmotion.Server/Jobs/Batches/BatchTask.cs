using SpeechEmotion.Errors;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>An item on its way through the engine.</summary>
/// <param name="Run">The chunk to which it belongs.</param>
/// <param name="Item">The recording.</param>
/// <param name="Claim">The claim on its bytes; null if they could not be read.</param>
/// <param name="Known">An earlier outcome with the same bytes; null if there is none.</param>
internal sealed record BatchTask(ChunkRun Run, BatchItemEntry Item, DigestClaim? Claim, BatchOutcomeEntry? Known)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the engine waits for the outcome before it processes anything else.</summary>
    public bool IsAlone { get; init; }

    /// <summary>The recording of an item that is elsewhere, until the outcome is stored; null for a file of this machine.</summary>
    public UploadedRecording? Fetched { get; init; }

    /// <summary>Why the recording could not be fetched; null if it could, or if it is a file of this machine.</summary>
    public SpeechEmotionException? Failure { get; init; }

    /// <summary>The file of the recording.</summary>
    public string Path => Fetched?.Path ?? Item.Location;

    /// <summary>Completes when the outcome is in the database, or the item was skipped.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Marks the outcome as stored, or the item as skipped.</summary>
    public void End()
    {
        _ended.TrySetResult();
        Claim?.Dispose();
        Fetched?.Release();
    }
}
