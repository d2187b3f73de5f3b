namespace SpeechEmotion.Results;

/// <summary>The emotion of one recording, and what made the answer.</summary>
public sealed record Recognition
{
    /// <summary>The most probable emotion.</summary>
    public Emotion Emotion => Scores.Top;

    /// <summary>Its probability, in [0, 1].</summary>
    public float Confidence => Scores[Emotion];

    /// <summary>
    /// All nine probabilities; 0 where the model has no such label. A label of the model that is none of the nine is
    /// counted as <see cref="Emotion.Other"/>.
    /// </summary>
    public required EmotionScores Scores { get; init; }

    /// <summary>The model's own labels and probabilities, unchanged and in its order.</summary>
    public required IReadOnlyList<LabelScore> Labels { get; init; }

    /// <summary>What was asked for.</summary>
    public required Granularity Granularity { get; init; }

    /// <summary>Length of the recording.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Which model spoke.</summary>
    public required ModelIdentity Model { get; init; }

    /// <summary>What else made the answer: program, recording, decoding, options.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>
    /// What the speech by itself gives, where less than 60 % of a recording that was recognized with its silence is speech and
    /// the silence changes the emotion; else null.
    /// </summary>
    public SpeechOnlyAnswer? SpeechOnly { get; init; }

    /// <summary>Which emotion, when; null where the recording was heard whole.</summary>
    public Timeline? Timeline { get; init; }

    /// <summary>Reasons why the answer may be weak; empty where there are none.</summary>
    public required IReadOnlyList<QualityNote> Quality { get; init; }

    /// <summary>
    /// Raw scores of every 20 ms frame in frame mode, else null. Their logits average to the utterance's logits; look at
    /// them smoothed (<see cref="FrameSmoothing"/>): a single frame is right far less often than the whole. Frames
    /// of silence that the model did not process have no scores.
    /// </summary>
    public IReadOnlyList<FrameScores>? Frames { get; init; }

    /// <summary>
    /// The embedding, where it was asked for: of the utterance, or in frame mode of every frame. Null where it went to an
    /// <see cref="IRecognitionSink"/> frame by frame.
    /// </summary>
    public Embedding? Embedding { get; init; }
}
