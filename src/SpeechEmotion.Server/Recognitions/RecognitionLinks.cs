namespace SpeechEmotion.Server.Recognitions;

/// <summary>Addresses of the parts of a recognition; null for a part that it does not have.</summary>
/// <param name="Self">The recognition.</param>
/// <param name="Events">Its server-sent events, while it waits or runs.</param>
/// <param name="Cancel">Cancels it, while it waits or runs.</param>
/// <param name="Result"><c>result.json</c>.</param>
/// <param name="Audio"><c>processed_audio.wav</c>.</param>
/// <param name="Embedding"><c>embedding.npy</c>.</param>
/// <param name="Waveform">The outline of the waveform.</param>
/// <param name="Timeline">The timeline; null if the model processed the recording as a whole.</param>
public sealed record RecognitionLinks(
    string Self, string? Events, string? Cancel, string? Result, string? Audio, string? Embedding, string? Waveform, string? Timeline)
{
    /// <summary>The address of a recognition, below the path by which the server was called.</summary>
    internal static string SelfOf(string id, HttpContext context) => $"{context.Request.PathBase}/api/v1/recognitions/{id}";

    internal static RecognitionLinks Of(RecognitionRecord record, HttpContext context)
    {
        var self = SelfOf(record.Id, context);
        var (runs, done) = (!record.IsFinal, record.Folder is not null);
        return new(
            self,
            runs ? $"{self}/events" : null,
            runs ? $"{self}/cancel" : null,
            done ? $"{self}/files/{RecognitionFiles.Result}" : null,
            done ? $"{self}/files/{RecognitionFiles.Audio}" : null,
            done && record.Embedding ? $"{self}/files/{RecognitionFiles.EmbeddingName}" : null,
            done ? $"{self}/waveform" : null,
            done && record.Summary is not null ? $"{self}/timeline" : null);
    }
}
