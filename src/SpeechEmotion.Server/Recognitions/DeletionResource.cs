namespace SpeechEmotion.Server.Recognitions;

/// <summary>What a deletion of several recognitions did.</summary>
/// <param name="Deleted">Number of deleted recognitions.</param>
/// <param name="Failed">Recognitions that could not be deleted; the first 1000.</param>
public sealed record DeletionResource(int Deleted, IReadOnlyList<DeletionFailureResource> Failed);
