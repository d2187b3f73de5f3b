namespace SpeechEmotion.Results;

/// <summary>Names of the files in the output folder of a recognition.</summary>
public static class ResultFiles
{
    /// <summary>The sound that the model processed: 16 kHz, mono, 16 bits.</summary>
    public const string ProcessedAudio = "processed_audio.wav";

    /// <summary>The result.</summary>
    public const string Result = "result.json";

    /// <summary>The embedding, if it was requested.</summary>
    public const string Embedding = "embedding.npy";

    /// <summary>The time of each row of the embedding, if only frames of speech have a row.</summary>
    public const string EmbeddingTimes = "embedding_times.npy";

    /// <summary>The timeline as a table, if there is a timeline.</summary>
    public const string TimelineTable = "timeline.csv";
}
