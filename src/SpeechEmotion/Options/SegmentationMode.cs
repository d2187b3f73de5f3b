namespace SpeechEmotion.Options;

/// <summary>Whether the model processes a recording as a whole or by segments of speech.</summary>
public enum SegmentationMode
{
    /// <summary>As a whole up to 30 s, exactly as FunASR does; longer recordings by segments.</summary>
    Auto,

    /// <summary>By segments, however short the recording is.</summary>
    Always,

    /// <summary>As a whole, however long the recording is; refused if it does not fit in memory.</summary>
    Never,
}
