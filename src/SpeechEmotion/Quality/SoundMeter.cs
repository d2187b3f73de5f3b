using System.Numerics.Tensors;
using SpeechEmotion.Results;

namespace SpeechEmotion.Quality;

/// <summary>
/// Listens along while a recording is decoded and recognised, and tells afterwards why the answer may be weak. One pass,
/// constant memory; how the samples are split into blocks does not change the result. Not thread-safe.
/// </summary>
public sealed class SoundMeter
{
    private const int BlockLength = 320;
    private const int BlocksPerSecond = 50;

    private readonly float[] _block = new float[BlockLength];
    private readonly float[] _centred = new float[BlockLength];
    private readonly LevelHistogram _levels = new();
    private readonly HighBand _highBand = new(BlockLength);
    private FlatTops[] _channels = [];
    private int _filled;

    /// <summary>Hears the recording as it was decoded, before down-mixing and resampling hide what was cut off.</summary>
    /// <param name="interleaved">Samples, nominally in [-1, 1); whole frames.</param>
    /// <param name="channels">At least 1, and the same each time.</param>
    /// <exception cref="ArgumentException">The samples are not whole frames, or the channels changed.</exception>
    public void AddDecoded(ReadOnlySpan<float> interleaved, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (_channels.Length == 0)
            _channels = [.. Enumerable.Range(0, channels).Select(_ => new FlatTops())];
        if (channels != _channels.Length || interleaved.Length % channels != 0)
            throw new ArgumentException($"Whole frames of {_channels.Length} channels are needed.", nameof(interleaved));
        for (var channel = 0; channel < channels; channel++)
            _channels[channel].Add(interleaved, channel, channels);
    }

    /// <summary>Hears what the model hears.</summary>
    /// <param name="samples16kMono">The next samples: 16 kHz, mono. At the end, less than 20 ms go unheard.</param>
    public void AddWaveform(ReadOnlySpan<float> samples16kMono)
    {
        while (!samples16kMono.IsEmpty)
        {
            var taken = samples16kMono[..Math.Min(samples16kMono.Length, BlockLength - _filled)];
            taken.CopyTo(_block.AsSpan(_filled));
            samples16kMono = samples16kMono[taken.Length..];
            _filled += taken.Length;
            if (_filled == BlockLength)
                Measure();
        }
    }

    /// <summary>The reasons why an answer about what was heard so far may be weak; none where nothing is wrong.</summary>
    /// <param name="scores">The answer; null where there is none.</param>
    /// <param name="sourceSampleRate">Hz, of the recording before it was resampled.</param>
    /// <returns>Reasons in the order of <see cref="QualityReason"/>; their values are rounded as in their texts.</returns>
    public IReadOnlyList<QualityNote> Notes(EmotionScores? scores, int sourceSampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceSampleRate, 1);
        var notes = new List<QualityNote>();
        var sound = _levels.Measure();
        if (sound.Blocks == 0)
            notes.Add(QualityNotes.Silence(sound.Loudest));
        else
            AddSoundNotes(notes, sound, sourceSampleRate);
        var confidence = 100.0 * scores?[scores.Top];
        if (confidence < QualityThresholds.Confidence)
            notes.Add(QualityNotes.LowConfidence(confidence.Value));
        return notes;
    }

    private void AddSoundNotes(List<QualityNote> notes, SoundLevels sound, int sourceSampleRate)
    {
        var seconds = sound.Blocks / (double)BlocksPerSecond;
        if (seconds < QualityThresholds.ShortestSound)
            notes.Add(QualityNotes.TooShort(seconds));
        var clipped = 100 * _channels.Select(channel => channel.Share).DefaultIfEmpty().Max();
        if (clipped >= QualityThresholds.ClippedShare)
            notes.Add(QualityNotes.Clipping(clipped));
        if (sound.Level < QualityThresholds.LowLevel)
            notes.Add(QualityNotes.LowLevel(sound.Level));
        if (sourceSampleRate <= QualityThresholds.TelephoneSampleRate || sound.HighBandLevel < QualityThresholds.HighBandLevel)
            notes.Add(QualityNotes.BandLimited(sound.HighBandLevel));
    }

    private void Measure()
    {
        _filled = 0;
        // A constant offset of the sound card is no sound.
        TensorPrimitives.Subtract(_block, TensorPrimitives.Sum<float>(_block) / BlockLength, _centred);
        var power = TensorPrimitives.SumOfSquares<float>(_centred) / (double)BlockLength;
        _levels.Add(power, _highBand.Power(_block));
    }
}
