using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>Averages the features of all frames: the embedding of the utterance in frame mode, without keeping the frames.</summary>
internal sealed class UtteranceMean : IRecognitionSink
{
    private double[] _sums = [];
    private long _count;

    /// <summary>The embedding of the utterance; null if there were no frames of speech.</summary>
    public float[]? Value => _count == 0 ? null : Array.ConvertAll(_sums, sum => (float)(sum / _count));

    public void Waveform(ReadOnlySpan<float> samples)
    {
    }

    public void Frames(ReadOnlySpan<float> features, int dimension)
    {
        if (_sums.Length == 0)
            _sums = new double[dimension];
        for (var i = 0; i < features.Length; i++)
            _sums[i % dimension] += features[i];
        _count += features.Length / dimension;
    }
}
