using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Batches;

/// <summary>A folder, archive or manifest of a batch.</summary>
/// <param name="Name">Its name; empty for the whole folder that the server may read.</param>
/// <param name="IsRead">Whether the server has read it, to its end or to the error.</param>
/// <param name="Error">Why the reading ended early; null if it did not.</param>
public sealed record BatchSourceResource(string Name, bool IsRead, ErrorResource? Error)
{
    internal static BatchSourceResource Of(BatchSourceEntry source, string language) =>
        new(source.Name, source.IsRead, BatchResource.ErrorOf(source.Code, source.Message, source.MessageZh, language));
}
