using SpeechEmotion.Results;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>Links of a recognition. A link is null if the recognition has no such part.</summary>
/// <param name="Self">The recognition itself.</param>
/// <param name="Events">Server-sent events of the recognition, while it is queued or running.</param>
/// <param name="Cancel">POST to this link to cancel the recognition, while it is queued or running.</param>
/// <param name="Result">The file <c>result.json</c>.</param>
/// <param name="Audio">The file <c>processed_audio.wav</c>.</param>
/// <param name="Embedding">The file <c>embedding.npy</c>.</param>
/// <param name="Waveform">The outline of the waveform.</param>
/// <param name="Timeline">The timeline; null if the model processed the recording as a whole.</param>
public sealed record RecognitionLinks(
    string Self, string? Events, string? Cancel, string? Result, string? Audio, string? Embedding, string? Waveform, string? Timeline)
{
    /// <summary>Returns the address of a recognition, including the path base of the server.</summary>
    internal static string SelfOf(string id, HttpContext context) => $"{context.Request.PathBase}/api/v1/recognitions/{id}";

    internal static RecognitionLinks Of(RecognitionDocument document, HttpContext context)
    {
        var self = SelfOf(document.Id, context);
        var (runs, done) = (!document.IsFinal, document.Folder is not null);
        return new(
            self,
            runs ? $"{self}/events" : null,
            runs ? $"{self}/cancel" : null,
            done ? $"{self}/files/{ResultFiles.Result}" : null,
            done ? $"{self}/files/{ResultFiles.ProcessedAudio}" : null,
            done && document.Embedding ? $"{self}/files/{ResultFiles.Embedding}" : null,
            done ? $"{self}/waveform" : null,
            done && document.Summary is not null ? $"{self}/timeline" : null);
    }
}
