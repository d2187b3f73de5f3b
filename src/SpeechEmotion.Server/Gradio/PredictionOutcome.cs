using SpeechEmotion.Errors;
using SpeechEmotion.Server.Jobs;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Gradio;

/// <summary>What became of a call: a result, an error, or neither where it was cancelled.</summary>
/// <param name="Document">The recognition with its result.</param>
/// <param name="Error">Why there is none.</param>
/// <param name="Took">How long it ran.</param>
internal sealed record PredictionOutcome(RecognitionDocument? Document, SpeechEmotionException? Error, TimeSpan Took)
{
    /// <summary>The outcome of a recognition that has come to its end.</summary>
    public static PredictionOutcome Of(RecognitionJob job, TimeSpan took) =>
        new(job.Current.State == RecognitionState.Done ? job.Current.Document with { Log = [] } : null, job.Error, took);
}
