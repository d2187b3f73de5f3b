using SpeechEmotion.Results;
namespace SpeechEmotion.Quality;
/// <summary>x</summary>
public sealed class SoundMeter
{
    private int _n;
    /// <summary>x</summary>
    public int X => _n;
    /// <summary>x</summary>
    public void AddDecoded(ReadOnlySpan<float> interleaved, int channels) => _n++;
    /// <summary>x</summary>
    public void AddWaveform(ReadOnlySpan<float> samples) => _n++;
    /// <summary>x</summary>
    public IReadOnlyList<QualityNote> Notes(EmotionScores? scores, int rate) { _n += rate; return []; }
}
