namespace SpeechEmotion.Client.Results;

/// <summary>How far a batch is that a client runs.</summary>
/// <param name="Batch">The batch as the server last described it.</param>
/// <param name="Sent">Recordings that this run has sent.</param>
/// <param name="Skipped">Recordings that this run need not send, because an earlier one did.</param>
/// <param name="IsSending">Whether recordings are still being sent.</param>
public sealed record BatchProgress(Batch Batch, int Sent, int Skipped, bool IsSending);
