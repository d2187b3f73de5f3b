using SpeechEmotion.Options;
using SpeechEmotion.Outputs;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Jobs;

/// <summary>Passes the output of a recognition to its folder and reports its progress.</summary>
/// <param name="folder">Writes the output.</param>
/// <param name="space">The result's share of the disk budget; it grows if the recording is longer than it declares.</param>
/// <param name="keepsFrames">Whether the folder writes the frames.</param>
/// <param name="job">Receives the progress, in steps of a hundredth.</param>
/// <param name="duration">Length of the recording; null if the amount read says nothing about the progress.</param>
internal sealed class ProgressSink(
    OutputFolder folder, DiskShare space, bool keepsFrames, RecognitionJob job, TimeSpan? duration) : IRecognitionSink
{
    private const double Step = 0.01;

    /// <summary>
    /// Number of samples that are read before the model starts; they do not count as progress. Later, reading is ahead of the model by
    /// a segment or two.
    /// </summary>
    private static readonly long Beginning = (long)RecognitionOptions.WholeDuration.TotalSeconds * SampleRate.Hz;

    private readonly double _samples = (duration?.TotalSeconds ?? 0) * SampleRate.Hz;
    private long _received;
    private double _reported;
    private long _written;

    public void Waveform(ReadOnlySpan<float> samples)
    {
        if (_received > Beginning && _samples > 0 && Math.Min(1, _received / _samples) is var progress && progress >= _reported + Step)
        {
            _reported = progress;
            job.Update(now => now with { Progress = progress });
        }
        _received += samples.Length;
        Reserve((long)samples.Length * sizeof(short));
        folder.Waveform(samples);
    }

    public void Frames(ReadOnlySpan<float> features, int dimension)
    {
        if (keepsFrames)
            Reserve((long)features.Length * sizeof(float));
        folder.Frames(features, dimension);
    }

    private void Reserve(long bytes)
    {
        _written += bytes;
        space.Use(_written);
    }
}
