using SpeechEmotion.Server.Sources;

namespace SpeechEmotion.Server.Batches.Offline;

/// <summary>The sources of a batch.</summary>
/// <param name="Items">Their recordings, which are read while they are enumerated.</param>
/// <param name="Report">What the reading leaves out.</param>
/// <param name="Metadata">The table that adds metadata; null if there is none.</param>
internal sealed record OpenedSources(IEnumerable<SourceItem> Items, SourceReport Report, MetadataTable? Metadata)
{
    /// <summary>Whether some recordings may be missing, because their folder could not be listed.</summary>
    public bool AreIncomplete => Report.UnreadableFolders > 0;
}
