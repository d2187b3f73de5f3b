using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Gradio;

/// <summary>An outcome that is ready to be written: its result is open, so that a deletion cannot truncate the response.</summary>
/// <param name="Outcome">The outcome of the call.</param>
/// <param name="Result">The open result file; null if there is no result.</param>
/// <param name="Files">The files of the recognition.</param>
internal sealed record ReadyOutcome(PredictionOutcome Outcome, FileStream? Result, IReadOnlyList<StoredFile> Files)
    : IDisposable
{
    /// <summary>The recognition; null if there is no result.</summary>
    public RecognitionDocument? Document => Outcome.Document;

    /// <inheritdoc/>
    public void Dispose() => Result?.Dispose();
}
