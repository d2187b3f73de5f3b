using System.Net.Http.Headers;
using SpeechEmotion.Client.Connection;
using SpeechEmotion.Client.Errors;
using SpeechEmotion.Client.Options;

namespace SpeechEmotion.Client.Batches;

/// <summary>Recordings as a multipart body, which reads each file while it is sent.</summary>
internal static class BatchForm
{
    /// <exception cref="ServerException"><c>client.unreadable_file</c>.</exception>
    public static MultipartFormDataContent Of(IEnumerable<BatchRecording> recordings, string language)
    {
        var form = new MultipartFormDataContent();
        foreach (var recording in recordings)
        {
            var content = new RecordingContent(SourceOf(recording, language), language);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(content, "file", recording.Name);
        }
        return form;
    }

    private static RecordingSource SourceOf(BatchRecording recording, string language)
    {
        try
        {
            return RecordingSource.OfFile(recording.Path, recording.Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ConnectionErrors.UnreadableFile(language, recording.Name, e);
        }
    }
}
