using SpeechEmotion.Downloads;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Models;

/// <summary>
/// Downloads models of the catalog from their hubs, in the background. Besides fetching the URLs of Gradio clients, it is the
/// only part of the server that makes outbound requests, and it does so only on request. Thread-safe.
/// </summary>
public sealed class ModelDownloads(ModelPull pull, TimeProvider time, ILogger<ModelDownloads> logger) : IHostedService, IDisposable
{
    /// <summary>The number of parallel downloads; more would share the same bandwidth.</summary>
    private const int AtOnce = 2;

    /// <summary>The timeout of an offer, for which a client waits; a download itself waits longer.</summary>
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(20);

    /// <summary>The longest wait for a cancelled download: an import stops between two of its steps.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ModelDownload> _last = [];
    private bool _stopped;

    /// <summary>Returns the running or the last download of a model; null if there was none since the start of the server.</summary>
    public ModelDownload? Find(string model)
    {
        lock (_gate)
            return _last.GetValueOrDefault(model);
    }

    /// <summary>Asks the hubs for a model.</summary>
    /// <param name="model">A name in the catalog.</param>
    /// <param name="from">The hub; null for the hub that answers first.</param>
    /// <param name="ct">Cancels the request.</param>
    /// <exception cref="SpeechEmotion.Errors.DownloadException">No hub answers, or no hub has the model.</exception>
    /// <exception cref="RequestException"><c>download.unreachable</c>: no hub has answered in time.</exception>
    public async Task<ModelOffer> AskAsync(string model, string? from, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(AskLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await pull.AskAsync(model, new() { From = from }, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw ModelErrors.NoAnswer((int)AskLimit.TotalSeconds);
        }
    }

    /// <summary>Starts a download, or resumes an interrupted one.</summary>
    /// <param name="model">A name in the catalog.</param>
    /// <param name="from">The hub; null for the hub that answers first.</param>
    /// <param name="partial">Whether to download the needed parts only.</param>
    /// <exception cref="RequestException">
    /// <c>model.installed</c>, <c>model.downloading</c>, <c>download.too_many</c> or <c>server.stopping</c>.
    /// </exception>
    public ModelDownload Begin(string model, string? from, bool partial)
    {
        if (pull.Find(model, partial) is not null)
            throw ModelErrors.Installed(model);
        lock (_gate)
        {
            if (_stopped)
                throw RequestErrors.Stopping();
            if (_last.GetValueOrDefault(model)?.Current.IsRunning == true)
                throw ModelErrors.Downloading(model);
            if (_last.Values.Count(download => download.Current.IsRunning) >= AtOnce)
                throw ModelErrors.TooManyDownloads(AtOnce);
            var download = _last[model] = new(model, new() { From = from, Partial = partial });
            download.Begin(pull, logger);
            return download;
        }
    }

    /// <summary>Forgets the last download of a removed model.</summary>
    public void Forget(string model)
    {
        lock (_gate)
        {
            if (_last.GetValueOrDefault(model)?.Current.IsRunning == false)
                _last.Remove(model);
        }
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken) =>
        await EndAsync().WaitAsync(StopLimit, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <inheritdoc/>
    public void Dispose() => EndAsync().Wait(StopLimit);

    private Task EndAsync()
    {
        ModelDownload[] all;
        lock (_gate)
        {
            _stopped = true;
            all = [.. _last.Values];
        }
        foreach (var download in all)
            download.Cancel();
        return Task.WhenAll(all.Select(download => download.Completion));
    }
}
