namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>How far a batch is.</summary>
/// <param name="Items">Number of items read so far.</param>
/// <param name="Succeeded">Number of items with a result.</param>
/// <param name="Failed">Number of items with an error.</param>
/// <param name="Seconds">Total length of the recognized recordings, in seconds.</param>
/// <param name="Emotions">The emotions of the items with a result.</param>
public sealed record BatchProgress(int Items, int Succeeded, int Failed, double Seconds, EmotionCounts Emotions)
{
    /// <summary>Number of items with an outcome.</summary>
    public int Completed => Succeeded + Failed;

    /// <summary>Number of items without an outcome.</summary>
    public int Pending => Items - Completed;
}
