using SpeechEmotion.Errors;
using SpeechEmotion.Server.Jobs;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Gradio;

/// <summary>The outcome of a call: a result, an error, or neither if it was cancelled.</summary>
/// <param name="Document">The recognition with its result; null if there is none.</param>
/// <param name="Error">The reason why there is no result; null for a result or a cancelled call.</param>
/// <param name="Took">The duration of the call.</param>
internal sealed record PredictionOutcome(RecognitionDocument? Document, SpeechEmotionException? Error, TimeSpan Took)
{
    /// <summary>Returns the outcome of an ended recognition.</summary>
    public static PredictionOutcome Of(RecognitionJob job, TimeSpan took) =>
        new(job.Current.State == RecognitionState.Done ? job.Current.Document with { Log = [] } : null, job.Error, took);
}
