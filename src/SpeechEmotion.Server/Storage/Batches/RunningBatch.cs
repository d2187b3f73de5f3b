namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>A batch that workers may process.</summary>
/// <param name="Id">Identifier of the batch.</param>
/// <param name="Priority">Its priority.</param>
/// <param name="HasWork">Whether it has a chunk that no worker has taken.</param>
public sealed record RunningBatch(int Id, int Priority, bool HasWork);
