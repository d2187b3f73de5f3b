namespace SpeechEmotion.Server.Broker;

/// <summary>A recording on which programs crashed: the body of a message in <see cref="WorkQueue.Dead"/>.</summary>
/// <param name="Code">The stable code of its error.</param>
/// <param name="Recognition">The identifier of a single recognition; null for a recording of a batch.</param>
/// <param name="Batch">The batch; null for a single recognition.</param>
/// <param name="Item">The number of the recording in the batch.</param>
internal sealed record DeadWork(string Code, string? Recognition, int? Batch, int? Item);
