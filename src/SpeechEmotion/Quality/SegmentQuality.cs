using SpeechEmotion.Results;

namespace SpeechEmotion.Quality;

/// <summary>Why the answer about one segment may be weak. What is so of the whole recording is not said of each segment again.</summary>
internal static class SegmentQuality
{
    private const int FullBandRate = SampleRate.Hz;

    /// <param name="samples">The segment, 16 kHz.</param>
    /// <param name="voiced">Seconds of speech in it.</param>
    /// <param name="scores">The answer.</param>
    public static IReadOnlyList<QualityNote> Notes(ReadOnlySpan<float> samples, double voiced, EmotionScores scores)
    {
        var meter = new SoundMeter();
        meter.AddWaveform(samples);
        var notes = meter.Notes(scores, FullBandRate)
            .Where(note => note.Reason is QualityReason.Silence or QualityReason.LowLevel or QualityReason.LowConfidence);
        return voiced < QualityThresholds.ShortestSound ? [QualityNotes.TooShort(voiced), .. notes] : [.. notes];
    }
}
