using System.Diagnostics.CodeAnalysis;
using SpeechEmotion.Downloads;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Models;

/// <summary>A model on its way from a hub into the store.</summary>
/// <param name="model">Its name in the catalogue.</param>
/// <param name="options">Which hub, and how much of it.</param>
[SuppressMessage("Reliability", "CA1001", Justification = "Without a timer the source holds nothing, and it may be cancelled at any time.")]
public sealed class ModelDownload(string model, PullOptions options) : IProgress<PullProgress>
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>The model.</summary>
    public string Model => model;

    /// <summary>Whether only the needed parts of it are downloaded.</summary>
    public bool Partial => options.Partial;

    /// <summary>How it stands now.</summary>
    public DownloadSnapshot Current { get; private set; } = new(DownloadState.Downloading);

    /// <summary>Done when it has come to its end, whichever; it never faults.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Takes it back; what came stays.</summary>
    public void Cancel() => _cancellation.Cancel();

    void IProgress<PullProgress>.Report(PullProgress value) => Current = Current with
    {
        State = value.Stage switch
        {
            PullStage.Checking => DownloadState.Checking,
            // It is done when the call is.
            PullStage.Importing or PullStage.Done => DownloadState.Importing,
            _ => DownloadState.Downloading,
        },
        Progress = value,
    };

    /// <summary>Begins it in the background.</summary>
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
            // Whatever it is, the server goes on.
            var error = ProblemAnswers.Known(e);
            Log.DownloadFailed(logger, model, error.Code, error.Message);
            if (error.InnerException is { } cause && error is RequestException)
                Log.Unexpected(logger, cause);
            Current = Current with { State = DownloadState.Failed, Error = error };
        }
    }
}
