namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>The state of a chunk.</summary>
public enum ChunkState
{
    /// <summary>Some of its items have no outcome, and no worker processes it.</summary>
    Pending,

    /// <summary>A worker holds its lease.</summary>
    Leased,

    /// <summary>All of its items have an outcome.</summary>
    Done,
}
