using SpeechEmotion.Results;

namespace SpeechEmotion.Quality;

/// <summary>Why the answer for one segment may be weak. Reasons that apply to the whole recording are not repeated.</summary>
internal static class SegmentQuality
{
    private const int FullBandRate = SampleRate.Hz;

    /// <param name="samples">The segment, 16 kHz.</param>
    /// <param name="voiced">Seconds of speech in the segment.</param>
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
