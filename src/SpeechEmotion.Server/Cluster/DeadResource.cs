using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Cluster;

/// <summary>A recording on which programs crashed three times, so that none tries it again by itself.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="Completed">Time of the last crash.</param>
/// <param name="Recognition">Identifier of the single recognition; null for a recording of a batch.</param>
/// <param name="Batch">Number of the batch; null for a single recognition.</param>
/// <param name="BatchName">Name of the batch.</param>
/// <param name="Item">Number of the recording in the batch.</param>
/// <param name="Self">The recognition, or the recording of the batch.</param>
/// <param name="Retry">POST to this link to process it again; null for a single recognition, whose recording is not kept.</param>
public sealed record DeadResource(
    string FileName, DateTimeOffset? Completed, string? Recognition, int? Batch, string? BatchName, int? Item, string Self, string? Retry)
{
    internal static DeadResource Of(DeadRecording dead, string root)
    {
        var batch = $"{root}/api/v1/batches/{dead.Batch}";
        return new(
            dead.FileName, dead.Completed is { } time ? LocalTime.Of(time) : null, dead.Recognition,
            dead.Batch, dead.BatchName, dead.Item,
            dead.Batch is null ? $"{root}/api/v1/recognitions/{dead.Recognition}" : $"{batch}/items/{dead.Item}",
            dead.Batch is null ? null : $"{batch}/retry?item={dead.Item}");
    }
}
