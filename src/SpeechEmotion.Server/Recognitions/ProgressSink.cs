using SpeechEmotion.Outputs;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>Passes on to the output folder what a recognition gives, and tells its watchers how far it is.</summary>
/// <param name="folder">Takes it.</param>
/// <param name="space">Its share of the disk, which grows where the recording is longer than it declares.</param>
/// <param name="keepsFrames">Whether the folder writes the frames.</param>
/// <param name="job">Is told, in steps of a hundredth.</param>
/// <param name="duration">Length of the recording; null where how much of it was read does not tell how far it is.</param>
internal sealed class ProgressSink(OutputFolder folder, DiskShare space, bool keepsFrames, RecognitionJob job, TimeSpan? duration) : IRecognitionSink
{
    private const double SamplesPerSecond = 16000;

    /// <summary>The beginning is read before any of it is recognised; beyond, reading is ahead by a segment or two.</summary>
    private const long Beginning = 30 * 16000;

    private const double Step = 0.01;

    private readonly double _samples = (duration?.TotalSeconds ?? 0) * SamplesPerSecond;
    private long _heard;
    private double _told;
    private long _written;

    public void Waveform(ReadOnlySpan<float> samples)
    {
        if (_heard > Beginning && _samples > 0 && Math.Min(1, _heard / _samples) is var progress && progress >= _told + Step)
        {
            _told = progress;
            job.Update(now => now with { Progress = progress });
        }
        _heard += samples.Length;
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
