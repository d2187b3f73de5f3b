using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Storage;

/// <summary>A segment of speech in the database, for statistics, search and review without parsing result files.</summary>
public sealed class SegmentEntry
{
    /// <summary>Identifier of the recognition.</summary>
    public required string RecognitionId { get; set; }

    /// <summary>Zero-based position of the segment in the timeline.</summary>
    public required int Number { get; set; }

    /// <summary>Index of the channel.</summary>
    public required int Channel { get; set; }

    /// <summary>Who speaks on the channel; <c>mix</c> if the channels were mixed.</summary>
    public required string Role { get; set; }

    /// <summary>Start, in seconds.</summary>
    public required double Start { get; set; }

    /// <summary>End, in seconds.</summary>
    public required double End { get; set; }

    /// <summary>The most probable emotion.</summary>
    public required Emotion Emotion { get; set; }

    /// <summary>Probability of that emotion.</summary>
    public required float Confidence { get; set; }

    /// <summary>Nine probabilities in the order of <see cref="Results.Emotion"/>.</summary>
    public required float[] Scores { get; set; }

    internal static IEnumerable<SegmentEntry> Of(string recognition, Timeline timeline) =>
        timeline.Segments.Select((segment, number) => new SegmentEntry
        {
            RecognitionId = recognition,
            Number = number,
            Channel = segment.Channel,
            Role = timeline.Channels[segment.Channel].Role,
            Start = segment.Start,
            End = segment.End,
            Emotion = segment.Emotion,
            Confidence = segment.Confidence,
            Scores = segment.Scores.Values.ToArray(),
        });
}
