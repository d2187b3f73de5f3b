using System.Text.Json.Serialization;

namespace SpeechEmotion.Client.Results;

/// <summary>The state of a batch. The last two are final, until a client resumes or retries.</summary>
[JsonConverter(typeof(LowerCaseNames<BatchState>))]
public enum BatchState
{
    /// <summary>Its sources are read, or recordings may follow; those that are known are recognized already.</summary>
    Reading,

    /// <summary>All recordings are known, and some have no outcome.</summary>
    Running,

    /// <summary>Stopped by a client, or by a failure that <see cref="Batch.Reason"/> names; it can be resumed.</summary>
    Paused,

    /// <summary>Every recording has its outcome.</summary>
    Done,

    /// <summary>Stopped by a client that does not intend to go on. It keeps its outcomes.</summary>
    Cancelled,
}
