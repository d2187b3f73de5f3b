using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>
/// How many results have each emotion. Chunks count while they are processed, because counting a million outcomes takes too long.
/// </summary>
public sealed record EmotionCounts
{
    /// <summary>愤怒.</summary>
    public int Angry { get; set; }

    /// <summary>厌恶.</summary>
    public int Disgusted { get; set; }

    /// <summary>恐惧.</summary>
    public int Fearful { get; set; }

    /// <summary>快乐.</summary>
    public int Happy { get; set; }

    /// <summary>中性.</summary>
    public int Neutral { get; set; }

    /// <summary>An emotion other than the named ones.</summary>
    public int Other { get; set; }

    /// <summary>悲伤.</summary>
    public int Sad { get; set; }

    /// <summary>惊讶.</summary>
    public int Surprised { get; set; }

    /// <summary>The model cannot decide.</summary>
    public int Unknown { get; set; }

    /// <summary>Counts emotions; those of outcomes without a result are null.</summary>
    /// <param name="emotions">The emotions.</param>
    /// <param name="each">What each one counts: -1 to remove them.</param>
    internal static EmotionCounts Of(IEnumerable<Emotion?> emotions, int each = 1)
    {
        var counts = new int[EmotionNames.All.Count];
        foreach (var emotion in emotions)
        {
            if (emotion is { } known)
                counts[(int)known] += each;
        }
        return new()
        {
            Angry = counts[(int)Emotion.Angry],
            Disgusted = counts[(int)Emotion.Disgusted],
            Fearful = counts[(int)Emotion.Fearful],
            Happy = counts[(int)Emotion.Happy],
            Neutral = counts[(int)Emotion.Neutral],
            Other = counts[(int)Emotion.Other],
            Sad = counts[(int)Emotion.Sad],
            Surprised = counts[(int)Emotion.Surprised],
            Unknown = counts[(int)Emotion.Unknown],
        };
    }
}
