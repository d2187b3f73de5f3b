namespace SpeechEmotion.Server.Sources.Archives;

/// <summary>What an entry of an archive is.</summary>
internal enum ArchiveEntryKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A link, a device, or anything else without bytes of its own.</summary>
    Other,
}
