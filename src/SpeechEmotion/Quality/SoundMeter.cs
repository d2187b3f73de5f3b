using SpeechEmotion.Results;

namespace SpeechEmotion.Quality;

/// <summary>
/// Measures a recording while it is decoded and recognized, and reports afterwards why the answer may be weak. One pass, constant
/// memory; how the samples are split into blocks does not change the result. Not thread-safe.
/// </summary>
internal sealed class SoundMeter
{
    private ClippingDetector[] _clipping = [];
    private LevelMeter[] _levels = [new()];

    /// <summary>The share of the sound in which channels cancel each other in their average, 0 to 1; set at the end.</summary>
    public double CancelledShare { get; set; }

    /// <summary>Measures the decoded samples, before down-mixing and resampling hide clipped peaks.</summary>
    /// <param name="interleaved">Samples, nominally in [-1, 1); whole frames.</param>
    /// <param name="channels">The number of channels: at least 1, and the same in each call.</param>
    /// <exception cref="ArgumentException">The samples are not whole frames, or the channels changed.</exception>
    public void AddDecoded(ReadOnlySpan<float> interleaved, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (_clipping.Length == 0)
            _clipping = [.. Enumerable.Range(0, channels).Select(_ => new ClippingDetector())];
        if (channels != _clipping.Length || interleaved.Length % channels != 0)
            throw new ArgumentException($"Whole frames of {_clipping.Length} channels are needed.", nameof(interleaved));
        for (var channel = 0; channel < channels; channel++)
            _clipping[channel].Add(interleaved, channel, channels);
    }

    /// <summary>Measures the samples that the model processes.</summary>
    /// <param name="samples16kMono">The next samples: 16 kHz, mono. At the end, a remainder shorter than 20 ms is ignored.</param>
    public void AddWaveform(ReadOnlySpan<float> samples16kMono)
    {
        _levels[0].Add(samples16kMono);
    }

    /// <summary>Measures channels that are processed separately; the notes then describe the one with the loudest sound.</summary>
    /// <param name="samples16k">The next samples of the channel: 16 kHz.</param>
    /// <param name="channel">The index of the channel, from 0.</param>
    internal void AddChannel(ReadOnlySpan<float> samples16k, int channel)
    {
        if (channel >= _levels.Length)
            _levels = [.. _levels, .. Enumerable.Range(_levels.Length, channel + 1 - _levels.Length).Select(_ => new LevelMeter())];
        _levels[channel].Add(samples16k);
    }

    /// <summary>The reasons why an answer about the sound so far may be weak; none if nothing is wrong.</summary>
    /// <param name="scores">The answer; null if there is none.</param>
    /// <param name="sourceSampleRate">The sample rate of the recording before resampling, in Hz.</param>
    /// <returns>The reasons in the order of <see cref="QualityReason"/>; their values are rounded as in their texts.</returns>
    public IReadOnlyList<QualityNote> Notes(EmotionScores? scores, int sourceSampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceSampleRate, 1);
        var notes = new List<QualityNote>();
        var sound = _levels.Select(meter => meter.Levels()).MaxBy(levels => (levels.Blocks > 0, levels.Level));
        if (sound.Blocks == 0)
            notes.Add(QualityNotes.Silence(sound.Loudest));
        else
            AddSoundNotes(notes, sound, sourceSampleRate);
        if (CancelledShare >= QualityThresholds.CancelledShare)
            notes.Insert(0, QualityNotes.ChannelsCancel(100 * CancelledShare));
        var confidence = 100.0 * scores?[scores.Top];
        if (confidence < QualityThresholds.Confidence)
            notes.Add(QualityNotes.LowConfidence(confidence.Value));
        return notes;
    }

    private void AddSoundNotes(List<QualityNote> notes, SoundLevels sound, int sourceSampleRate)
    {
        var seconds = sound.Blocks / (double)LevelMeter.BlocksPerSecond;
        if (seconds < QualityThresholds.ShortestSound)
            notes.Add(QualityNotes.TooShort(seconds));
        var clipped = 100 * _clipping.Select(detector => detector.Share).DefaultIfEmpty().Max();
        if (clipped >= QualityThresholds.ClippedShare)
            notes.Add(QualityNotes.Clipping(clipped));
        if (sound.Level < QualityThresholds.LowLevel)
            notes.Add(QualityNotes.LowLevel(sound.Level));
        if (sourceSampleRate <= QualityThresholds.TelephoneSampleRate || sound.HighBandLevel < QualityThresholds.HighBandLevel)
            notes.Add(QualityNotes.BandLimited(sound.HighBandLevel));
    }
}
