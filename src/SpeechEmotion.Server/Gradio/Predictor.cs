using System.Text.Json;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Gradio.Files;
using SpeechEmotion.Server.Jobs;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Gradio;

/// <summary>Starts the recognition of a call in the queue that all APIs share.</summary>
internal sealed class Predictor(RecognitionQueue queue, HeldUploads uploads, GradioFiles files, UrlFetcher urls)
{
    /// <summary>The longest fetch of a URL: the client waits for it.</summary>
    private static readonly TimeSpan LongestFetch = TimeSpan.FromMinutes(1);

    /// <summary>Starts a recognition. In any case, it takes over or removes the recordings of the call.</summary>
    /// <exception cref="SpeechEmotionException">The call is invalid, or the server is full.</exception>
    public async Task<RecognitionJob> StartAsync(JsonElement data, GradioBody body, CancellationToken ct)
    {
        UploadedRecording? taken = null;
        try
        {
            var inputs = PredictionInputs.Read(data, body);
            if (inputs.Path is { } path)
                return await StartHeldAsync(path, inputs, ct);
            taken = inputs.Url is { } url ? await urls.FetchAsync(url, LongestFetch, ct) : inputs.Recording!;
            return await EnqueueAsync(taken, inputs, ct);
        }
        finally
        {
            body.Release(except: taken);
        }
    }

    private async Task<RecognitionJob> StartHeldAsync(string path, PredictionInputs inputs, CancellationToken ct)
    {
        if (!VirtualPath.TryParse(path, out var known))
            throw GradioErrors.NotHere(path);
        if (known.RecognitionId is not null)
            return await EnqueueAsync(await files.FindAsync(path, ct) ?? throw GradioErrors.NotHere(path), inputs, ct);
        var recording = uploads.Borrow(known) ?? throw GradioErrors.NotHere(path);
        var waits = false;
        try
        {
            var job = await EnqueueAsync(recording, inputs, ct);
            waits = true;
            _ = ReturnAsync(job, known);
            return job;
        }
        finally
        {
            if (!waits)
                uploads.Return(known);
        }
    }

    private Task<RecognitionJob> EnqueueAsync(UploadedRecording recording, PredictionInputs inputs, CancellationToken ct)
    {
        var named = inputs.Name is null ? recording : recording with { Name = UploadName.Clean(inputs.Name) };
        return queue.EnqueueAsync(new(named, new() { Granularity = inputs.Granularity, Embedding = inputs.Embedding }, null), ct);
    }

    private async Task ReturnAsync(RecognitionJob job, VirtualPath path)
    {
        await job.Completion;
        uploads.Return(path);
    }
}
