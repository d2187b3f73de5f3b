namespace SpeechEmotion.Server.Storage;

/// <summary>A recording on which programs crashed, so that none tries it again by itself.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="Completed">Time of its last crash in milliseconds since 1970; null if it was not stored.</param>
/// <param name="Recognition">The single recognition; null for a recording of a batch.</param>
/// <param name="Batch">The batch; null for a single recognition.</param>
/// <param name="BatchName">The name of the batch.</param>
/// <param name="Item">The number of the recording in the batch.</param>
public sealed record DeadRecording(
    string FileName, long? Completed, string? Recognition, int? Batch = null, string? BatchName = null, int? Item = null);
