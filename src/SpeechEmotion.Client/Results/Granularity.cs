using System.Text.Json.Serialization;

namespace SpeechEmotion.Client.Results;

/// <summary>The unit that a result covers.</summary>
[JsonConverter(typeof(LowerCaseNames<Granularity>))]
public enum Granularity
{
    /// <summary>The whole recording: one result.</summary>
    Utterance,

    /// <summary>The whole recording, and every 20 ms; the frames are in the file <c>result.json</c>.</summary>
    Frame,
}
