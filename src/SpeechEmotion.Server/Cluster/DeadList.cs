namespace SpeechEmotion.Server.Cluster;

/// <summary>Recordings on which programs crashed.</summary>
/// <param name="Items">The latest 200 of batches, then the latest 200 single ones.</param>
public sealed record DeadList(IReadOnlyList<DeadResource> Items);
