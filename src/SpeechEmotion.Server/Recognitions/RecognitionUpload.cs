using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs;
using SpeechEmotion.Server.Uploads;
using SpeechEmotion.Server.Webhooks;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>Reads recognition requests of the REST API.</summary>
internal static class RecognitionUpload
{
    /// <summary>Reads a request whose body is a form or the recording itself.</summary>
    /// <param name="request">The request, whose body is saved to the disk.</param>
    /// <param name="uploads">Stores the recording.</param>
    /// <param name="address">Parameters from the query string; the fields of a form override them.</param>
    /// <param name="webhooks">The URLs that may receive webhooks.</param>
    /// <param name="ct">Cancels the upload.</param>
    /// <exception cref="RequestException">The request is malformed, too large, or has no recording.</exception>
    public static async Task<RecognitionRequest> ReadAsync(
        HttpRequest request, UploadStore uploads, RecognitionParameters address, WebhookTargets webhooks, CancellationToken ct)
    {
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding
            && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw RequestErrors.Encoded(encoding);
        }
        if (request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) != true)
        {
            // Check the options before reading the body: a client with invalid options need not send the recording.
            var (options, webhook) = (address.ToOptions(), webhooks.Require(address.Webhook));
            var recording = await uploads.SaveAsync(request.Body, address.Name, temporary: true, request.ContentLength, ct);
            if (recording.Size > 0)
                return new(recording, options, address.ModelName) { Webhook = webhook };
            recording.Release();
            throw RequestErrors.NoRecording();
        }
        var form = await UploadForm.ReadAsync(request, uploads, UploadForm.IsRecording, temporary: true, ct);
        var complete = false;
        try
        {
            if (form.Files is not [var (_, file)])
            {
                throw form.Files.Count == 0
                    ? RequestErrors.NoRecordingIn([.. form.Skipped, .. form.Fields.Keys])
                    : RequestErrors.Invalid("Send one recording per request.", "每个请求只能包含一段录音。");
            }
            var parameters = address.With(form.Fields);
            var result = new RecognitionRequest(file, parameters.ToOptions(), parameters.ModelName)
            {
                Webhook = webhooks.Require(parameters.Webhook),
            };
            complete = true;
            return result;
        }
        finally
        {
            if (!complete)
            {
                foreach (var (_, file) in form.Files)
                    file.Release();
            }
        }
    }
}
