using Microsoft.EntityFrameworkCore.Query;

namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>Changes the numbers of chunks in the database.</summary>
internal static class ChunkCounts
{
    /// <summary>Adds outcomes to the numbers of a chunk; negative numbers remove them.</summary>
    public static UpdateSettersBuilder<BatchChunkEntry> Add(
        this UpdateSettersBuilder<BatchChunkEntry> chunk, int succeeded, int failed, double seconds, EmotionCounts emotions) => chunk
        .SetProperty(c => c.Succeeded, c => c.Succeeded + succeeded)
        .SetProperty(c => c.Failed, c => c.Failed + failed)
        .SetProperty(c => c.Seconds, c => c.Seconds + seconds)
        .SetProperty(c => c.Emotions.Angry, c => c.Emotions.Angry + emotions.Angry)
        .SetProperty(c => c.Emotions.Disgusted, c => c.Emotions.Disgusted + emotions.Disgusted)
        .SetProperty(c => c.Emotions.Fearful, c => c.Emotions.Fearful + emotions.Fearful)
        .SetProperty(c => c.Emotions.Happy, c => c.Emotions.Happy + emotions.Happy)
        .SetProperty(c => c.Emotions.Neutral, c => c.Emotions.Neutral + emotions.Neutral)
        .SetProperty(c => c.Emotions.Other, c => c.Emotions.Other + emotions.Other)
        .SetProperty(c => c.Emotions.Sad, c => c.Emotions.Sad + emotions.Sad)
        .SetProperty(c => c.Emotions.Surprised, c => c.Emotions.Surprised + emotions.Surprised)
        .SetProperty(c => c.Emotions.Unknown, c => c.Emotions.Unknown + emotions.Unknown);
}
