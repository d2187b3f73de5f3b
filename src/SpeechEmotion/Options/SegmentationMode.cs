namespace SpeechEmotion.Options;

/// <summary>Whether a recording is heard whole or by segments of speech.</summary>
public enum SegmentationMode
{
    /// <summary>Up to 30 s whole, exactly as FunASR does; longer ones by segments.</summary>
    Auto,

    /// <summary>By segments, however short it is.</summary>
    Always,

    /// <summary>Whole, however long it is; refused where that would not fit in memory.</summary>
    Never,
}
