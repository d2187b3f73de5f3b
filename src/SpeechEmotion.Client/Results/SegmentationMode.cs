using System.Text.Json.Serialization;

namespace SpeechEmotion.Client.Results;

/// <summary>Whether the model processes a recording as a whole or by segments of speech.</summary>
[JsonConverter(typeof(LowerCaseNames<SegmentationMode>))]
public enum SegmentationMode
{
    /// <summary>As a whole up to 30 s; longer recordings by segments.</summary>
    Auto,

    /// <summary>By segments, however short the recording is.</summary>
    Always,

    /// <summary>As a whole, however long the recording is.</summary>
    Never,
}
