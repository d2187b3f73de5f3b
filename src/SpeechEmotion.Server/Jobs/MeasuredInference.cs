using System.Diagnostics.Metrics;
using SpeechEmotion.Audio;
using SpeechEmotion.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Jobs;

/// <summary>Runs decoder and model, and reports how long they take.</summary>
public sealed class MeasuredInference : IDisposable
{
    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly TimeProvider _time;

    /// <summary>Creates the metric.</summary>
    public MeasuredInference(IMeterFactory meters, TimeProvider time)
    {
        (_meter, _time) = (meters.Create(ServerMeter.Name), time);
        _duration = _meter.CreateDurations("ser.inference.duration", "Time of decoder and model for a recording");
    }

    /// <summary>Recognizes a recording on the calling thread.</summary>
    /// <param name="recognizer">The model.</param>
    /// <param name="reader">The recording.</param>
    /// <param name="options">How to recognize it.</param>
    /// <param name="isOfBatch">Whether it belongs to a batch.</param>
    /// <param name="ct">Cancels the recognition.</param>
    /// <exception cref="SpeechEmotion.Errors.SpeechEmotionException">The recognition failed.</exception>
    internal Recognition Run(
        RecognizerLease recognizer, IAudioReader reader, RecognitionOptions options, bool isOfBatch, CancellationToken ct)
    {
        var model = recognizer.Value.Model.Identity;
        using var span = ServerTraces.Part("infer");
        span?.SetTag("ser.model", model.Id).SetTag("ser.precision", model.Precision);
        var started = _time.GetTimestamp();
        var result = recognizer.Value.Recognize(reader, options, ct);
        _duration.Record(
            _time.GetElapsedTime(started).TotalSeconds, new("model", model.Id), new("precision", model.Precision),
            new("source", isOfBatch ? "batch" : "recognition"));
        span?.SetTag("ser.audio.seconds", result.Duration.TotalSeconds);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
