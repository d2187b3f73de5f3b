
namespace SpeechEmotion.Downloads.Hubs;

/// <summary>What a hub has of a model.</summary>
/// <param name="Page">The model's page, for people.</param>
/// <param name="Files">Those of the repository's own folder.</param>
internal sealed record HubListing(string Page, IReadOnlyList<HubFile> Files);
