using System.Text.Json.Serialization;

namespace SpeechEmotion.Client.Results;

/// <summary>Whether the silence around the speech of a recording affects the answer.</summary>
[JsonConverter(typeof(LowerCaseNames<SilenceMode>))]
public enum SilenceMode
{
    /// <summary>As the model prefers.</summary>
    Auto,

    /// <summary>The model processes the silence like all other sound.</summary>
    Keep,

    /// <summary>Silence is removed before the model.</summary>
    Skip,
}
