using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>An outcome that is in the database.</summary>
/// <param name="Item">The recording.</param>
/// <param name="Outcome">Its outcome.</param>
public sealed record StoredOutcome(BatchItemEntry Item, BatchOutcomeEntry Outcome);
