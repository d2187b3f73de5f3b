using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Cluster;

/// <summary>A batch that a failure paused.</summary>
/// <param name="Batch">Number of the batch.</param>
/// <param name="Name">Its name.</param>
/// <param name="Code">Stable code of the failure.</param>
/// <param name="Message">Text for people, in the requested language.</param>
/// <param name="Resume">POST to this link to resume the batch.</param>
public sealed record PausedResource(int Batch, string Name, string Code, string? Message, string Resume)
{
    internal static PausedResource Of(PausedBatch batch, string root, string language) => new(
        batch.Id, batch.Name, batch.Code, language == "zh" ? batch.MessageZh : batch.Message, $"{root}/api/v1/batches/{batch.Id}/resume");
}
