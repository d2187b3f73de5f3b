namespace SpeechEmotion.Results;

/// <summary>The emotion of one recording, and how the answer was computed.</summary>
public sealed record Recognition
{
    /// <summary>The most probable emotion.</summary>
    public Emotion Emotion => Scores.Top;

    /// <summary>Its probability, in [0, 1].</summary>
    public float Confidence => Scores[Emotion];

    /// <summary>What a person reads first: with a timeline, the emotion of most of the speech.</summary>
    public Headline Headline => Headline.Of(Scores, Timeline);

    /// <summary>
    /// All nine probabilities; 0 if the model has no such label. A label of the model that is none of the nine counts as
    /// <see cref="Emotion.Other"/>.
    /// </summary>
    public required EmotionScores Scores { get; init; }

    /// <summary>The model's own labels and probabilities, unchanged and in its order.</summary>
    public required IReadOnlyList<LabelScore> Labels { get; init; }

    /// <summary>The requested granularity.</summary>
    public required Granularity Granularity { get; init; }

    /// <summary>The length of the recording.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The model that computed the answer.</summary>
    public required ModelIdentity Model { get; init; }

    /// <summary>The origin of the answer in addition to the model: program, recording, decoding, options.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>
    /// The answer for the speech alone, if less than 60 % of a recording that was recognized with its silence is speech and the
    /// silence changes the emotion; otherwise null.
    /// </summary>
    public SpeechOnlyAnswer? SpeechOnly { get; init; }

    /// <summary>The emotions over time; null if the model processed the recording as a whole.</summary>
    public Timeline? Timeline { get; init; }

    /// <summary>The reasons why the answer may be weak; empty if there are none.</summary>
    public required IReadOnlyList<QualityNote> Quality { get; init; }

    /// <summary>
    /// The raw scores of every 20 ms frame in frame mode, otherwise null. Their logits average to the utterance's logits. Smooth
    /// them (<see cref="FrameSmoothing"/>) before reading them: a single frame is right far less often than the whole recording.
    /// Frames of silence that the model did not process have no scores.
    /// </summary>
    public IReadOnlyList<FrameScores>? Frames { get; init; }

    /// <summary>
    /// The embedding, if it was requested: of the utterance, or in frame mode of every frame. Null if an
    /// <see cref="IRecognitionSink"/> received it frame by frame.
    /// </summary>
    public Embedding? Embedding { get; init; }
}
