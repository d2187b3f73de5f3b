namespace SpeechEmotion.Server.Sources;

/// <summary>What a source is.</summary>
internal enum SourceKind
{
    /// <summary>A recording by itself, whatever its content.</summary>
    Recording,

    /// <summary>A list of paths on standard input.</summary>
    List,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A table or list of recordings.</summary>
    Manifest,

    /// <summary>A zip archive.</summary>
    Zip,

    /// <summary>A tar archive that is not compressed.</summary>
    Tar,

    /// <summary>A file compressed with gzip.</summary>
    Gzip,

    /// <summary>A file compressed with Zstandard.</summary>
    Zstandard,
}
