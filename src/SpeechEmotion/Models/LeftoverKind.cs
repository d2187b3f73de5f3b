namespace SpeechEmotion.Models;

/// <summary>What may lie in the store for nothing.</summary>
internal enum LeftoverKind
{
    /// <summary>An import that a later one of the same model has replaced.</summary>
    OldVersion,

    /// <summary>A model that cannot be read.</summary>
    Damaged,

    /// <summary>An int8 form that an older program made.</summary>
    OldInt8,

    /// <summary>An import that was killed.</summary>
    Unfinished,

    /// <summary>A download that nobody goes on with; without it, the next one begins anew.</summary>
    Download,
}
