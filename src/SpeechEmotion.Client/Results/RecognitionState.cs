using System.Text.Json.Serialization;

namespace SpeechEmotion.Client.Results;

/// <summary>State of a recognition. The last three are final.</summary>
[JsonConverter(typeof(LowerCaseNames<RecognitionState>))]
public enum RecognitionState
{
    /// <summary>The recognition waits in the queue.</summary>
    Queued,

    /// <summary>The recognition is in progress.</summary>
    Running,

    /// <summary>The recognition has a result.</summary>
    Done,

    /// <summary>The recognition failed with an error.</summary>
    Failed,

    /// <summary>A client cancelled the recognition.</summary>
    Cancelled,
}
