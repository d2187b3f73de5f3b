using System.Diagnostics.CodeAnalysis;
using SpeechEmotion.Downloads;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Models;

/// <summary>The download of a model from a hub into the store.</summary>
/// <param name="model">The name of the model in the catalog.</param>
/// <param name="options">The options of the download.</param>
[SuppressMessage("Reliability", "CA1001", Justification = "Without a timer the source holds nothing, and it may be cancelled at any time.")]
public sealed class ModelDownload(string model, PullOptions options) : IProgress<PullProgress>
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>The name of the model.</summary>
    public string Model => model;

    /// <summary>Whether only the needed parts of the model are downloaded.</summary>
    public bool Partial => options.Partial;

    /// <summary>The current state.</summary>
    public DownloadSnapshot Current { get; private set; } = new(DownloadState.Downloading);

    /// <summary>Completes when the download has ended in any way; it never faults.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Cancels the download; the downloaded data stays.</summary>
    public void Cancel() => _cancellation.Cancel();

    void IProgress<PullProgress>.Report(PullProgress value) => Current = Current with
    {
        State = value.Stage switch
        {
            PullStage.Checking => DownloadState.Checking,
            // The state becomes Done only when the call returns.
            PullStage.Importing or PullStage.Done => DownloadState.Importing,
            _ => DownloadState.Downloading,
        },
        Progress = value,
    };

    /// <summary>Starts the download in the background.</summary>
    internal void Begin(ModelPull pull, ILogger logger) => Completion = Task.Run(() => RunAsync(pull, logger, _cancellation.Token));

    private async Task RunAsync(ModelPull pull, ILogger logger, CancellationToken ct)
    {
        try
        {
            var offer = await pull.AskAsync(model, options, ct);
            Current = Current with { Offer = offer };
            Log.DownloadBegan(logger, model, offer.Page);
            var folder = await pull.FetchAsync(offer, options, this, ct);
            Log.DownloadEnded(logger, model, folder.Manifest.Hash);
            Current = Current with { State = DownloadState.Done };
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            Log.DownloadCancelled(logger, model);
            Current = Current with { State = DownloadState.Cancelled };
        }
        catch (Exception e)
        {
            // Catch all exceptions: the server keeps running.
            var error = ProblemAnswers.Known(e);
            Log.DownloadFailed(logger, model, error.Code, error.Message);
            if (error.InnerException is { } cause && error is RequestException)
                Log.Unexpected(logger, cause);
            Current = Current with { State = DownloadState.Failed, Error = error };
        }
    }
}
