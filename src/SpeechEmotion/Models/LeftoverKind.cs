namespace SpeechEmotion.Models;

/// <summary>The kinds of unused data in the store.</summary>
internal enum LeftoverKind
{
    /// <summary>An import that a later one of the same model has replaced.</summary>
    OldVersion,

    /// <summary>A model that cannot be read.</summary>
    Damaged,

    /// <summary>An int8 model from an older program.</summary>
    OldInt8,

    /// <summary>An import that was killed.</summary>
    Unfinished,

    /// <summary>A download that no program is continuing; after its removal, the next download starts from the beginning.</summary>
    Download,
}
