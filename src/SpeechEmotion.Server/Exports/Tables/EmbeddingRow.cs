using SpeechEmotion.Server.Exports.Rows;

namespace SpeechEmotion.Server.Exports.Tables;

/// <summary>A row of the embeddings and its recording.</summary>
/// <param name="Number">Zero-based row in the array.</param>
/// <param name="Row">The recording.</param>
internal readonly record struct EmbeddingRow(int Number, BatchRow Row);
