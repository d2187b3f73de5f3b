using System.Text.Json.Serialization;

namespace SpeechEmotion.Client.Results;

/// <summary>State of an item of a batch.</summary>
[JsonConverter(typeof(LowerCaseNames<BatchItemState>))]
public enum BatchItemState
{
    /// <summary>The item is not processed yet.</summary>
    Pending,

    /// <summary>The item has a result.</summary>
    Done,

    /// <summary>The item has an error.</summary>
    Failed,
}
