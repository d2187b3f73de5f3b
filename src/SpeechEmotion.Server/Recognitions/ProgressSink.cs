using SpeechEmotion.Outputs;
using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>Passes on to the output folder what a recognition gives, and tells its watchers how far it is.</summary>
internal sealed class ProgressSink(OutputFolder folder, RecognitionJob job, TimeSpan? duration) : IRecognitionSink
{
    private const double SamplesPerSecond = 16000;

    private readonly double _samples = (duration?.TotalSeconds ?? 0) * SamplesPerSecond;
    private long _heard;

    public void Waveform(ReadOnlySpan<float> samples)
    {
        // What was given before this block has been computed; this block is computed next.
        if (_heard > 0 && _samples > 0)
            job.Update(now => now with { Progress = Math.Min(1, _heard / _samples) });
        _heard += samples.Length;
        folder.Waveform(samples);
    }

    public void Frames(ReadOnlySpan<float> features, int dimension) => folder.Frames(features, dimension);
}
