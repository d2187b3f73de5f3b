namespace SpeechEmotion.Server.Batches;

/// <summary>What a request added to an open batch.</summary>
/// <param name="Added">Number of recordings and archives that were added.</param>
/// <param name="Repeated">Number of recordings that the batch had already, with the same name and bytes; they were not added.</param>
public sealed record BatchAddition(int Added, int Repeated);
