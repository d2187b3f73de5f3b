
namespace SpeechEmotion.Downloads.Hubs;

/// <summary>A hub's list of a model's files.</summary>
/// <param name="Page">The model's page, for people.</param>
/// <param name="Files">The files of the repository.</param>
internal sealed record HubListing(string Page, IReadOnlyList<HubFile> Files);
