using SpeechEmotion.Inference;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;

namespace SpeechEmotion.Pipeline;

/// <summary>
/// Turns the 16 kHz samples of each channel into segments of speech with their emotion. Files and live streams push their samples
/// through it, so both give the same segments. Not thread-safe, except for <see cref="Recognize"/>.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="labels">The labels of the model.</param>
/// <param name="options">How speech is cut into segments.</param>
/// <param name="roles">A name for each channel.</param>
internal sealed class SegmentPipeline(IEmotionModel model, LabelSet labels, SegmentationOptions options, IReadOnlyList<string> roles)
{
    private readonly SpeechSegmenter[] _channels = [.. roles.Select(_ => new SpeechSegmenter(options))];
    private readonly SegmentRecognizer _recognizer = new(model, labels);
    private readonly TimelineBuilder _timeline = new(roles);

    /// <summary>Whether no segment was added to the timeline so far.</summary>
    public bool IsEmpty => _timeline.IsEmpty;

    /// <summary>Processes the next samples of a channel.</summary>
    /// <returns>The segments that ended; valid until the next call.</returns>
    public IReadOnlyList<SpeechSegment> Push(int channel, ReadOnlySpan<float> samples) => _channels[channel].Add(samples);

    /// <summary>Ends a channel.</summary>
    /// <returns>The segment that was still open, if any; valid until the next call.</returns>
    public IReadOnlyList<SpeechSegment> Complete(int channel) => _channels[channel].Complete();

    /// <summary>The segment of a channel that has not ended yet: its first sample and the one after its last; null for none.</summary>
    public (long Start, long End)? OpenSegment(int channel) => _channels[channel].OpenSegment;

    /// <summary>Pushes a recording block by block and ends its channels.</summary>
    /// <param name="blocks">The recording; a block may be reused once the next one is requested.</param>
    /// <returns>Each segment as soon as it ends, with the index of its channel.</returns>
    public IEnumerable<(int Channel, SpeechSegment Segment)> Push(IEnumerable<WaveformBlock> blocks)
    {
        foreach (var block in blocks)
        {
            for (var channel = 0; channel < _channels.Length; channel++)
            {
                foreach (var segment in Push(channel, block.Channel(channel)))
                    yield return (channel, segment);
            }
        }
        for (var channel = 0; channel < _channels.Length; channel++)
        {
            foreach (var segment in Complete(channel))
                yield return (channel, segment);
        }
    }

    /// <summary>Recognizes a segment.</summary>
    /// <returns>Its parts with one emotion each, in order; together they cover it.</returns>
    public IReadOnlyList<EmotionSpan> Recognize(SpeechSegment segment, CancellationToken ct) => _recognizer.Recognize(segment, ct);

    /// <summary>Adds a part with one emotion to the timeline.</summary>
    public TimelineSegment Add(int channel, EmotionSpan span) => _timeline.Add(channel, span, labels.ScoreEmotions(span.Logits));

    /// <summary>The timeline of all added segments.</summary>
    /// <param name="samples">The length of the recording, at 16 kHz.</param>
    public Timeline Timeline(long samples) => _timeline.Build(samples);
}
