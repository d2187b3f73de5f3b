using System.Text.Json.Serialization;

namespace SpeechEmotion.Client.Results;

/// <summary>How the channels of a recording are processed.</summary>
[JsonConverter(typeof(LowerCaseNames<ChannelMode>))]
public enum ChannelMode
{
    /// <summary>The model processes their average.</summary>
    Mix,

    /// <summary>The model processes each channel separately, with a timeline of its own; implies segments.</summary>
    Split,
}
