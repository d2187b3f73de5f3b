using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Gradio;

/// <summary>An outcome that can be written: its result is open, so that a deletion cannot leave half of an answer.</summary>
/// <param name="Outcome">What became of the call.</param>
/// <param name="Result">The result; null where there is none.</param>
/// <param name="Files">Names and sizes of the files.</param>
internal sealed record ReadyOutcome(PredictionOutcome Outcome, FileStream? Result, IReadOnlyList<(string Name, long Size)> Files) : IDisposable
{
    /// <summary>The recognition; null where there is no result.</summary>
    public RecognitionDocument? Document => Outcome.Document;

    /// <inheritdoc/>
    public void Dispose() => Result?.Dispose();
}
