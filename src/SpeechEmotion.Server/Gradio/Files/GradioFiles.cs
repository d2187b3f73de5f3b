using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Gradio.Files;

/// <summary>Maps virtual paths to files: uploads and the files of recognitions. Other files cannot be reached.</summary>
internal sealed class GradioFiles(HeldUploads uploads, RecognitionHistory history, RecognitionFiles results)
{
    /// <summary>Returns the file for a client's path; null if there is none.</summary>
    public async Task<UploadedRecording?> FindAsync(string text, CancellationToken ct)
    {
        if (!VirtualPath.TryParse(text, out var path))
            return null;
        return path.RecognitionId is { } id ? await ResultAsync(id, path.Name, ct) : uploads.Find(path);
    }

    private async Task<UploadedRecording?> ResultAsync(string id, string name, CancellationToken ct) =>
        await history.FindAsync(id, ct) is { } record && await results.FindAsync(record, name, ct) is { } file
            ? new(file, name, new FileInfo(file).Length, Temporary: false)
            : null;
}
