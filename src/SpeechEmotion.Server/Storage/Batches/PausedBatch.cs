namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>A batch that a failure paused.</summary>
/// <param name="Id">Identifier of the batch.</param>
/// <param name="Name">Its name.</param>
/// <param name="Code">The stable code of the failure.</param>
/// <param name="Message">The English text.</param>
/// <param name="MessageZh">The same text in Chinese.</param>
public sealed record PausedBatch(int Id, string Name, string Code, string? Message, string? MessageZh);
