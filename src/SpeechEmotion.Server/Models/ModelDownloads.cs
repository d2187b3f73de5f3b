using SpeechEmotion.Downloads;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Models;

/// <summary>
/// Gets models of the catalogue from their hubs, in the background. It is the only part of the server that asks anybody for
/// anything, and does so only when it is called. Thread-safe.
/// </summary>
public sealed class ModelDownloads(ModelPull pull, TimeProvider time, ILogger<ModelDownloads> logger) : IHostedService, IDisposable
{
    /// <summary>More share one line without being faster.</summary>
    private const int AtOnce = 2;

    /// <summary>Somebody waits for the answer; a download itself has more patience.</summary>
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(20);

    /// <summary>How long one may go on that is not wanted any more: an import stops between two of its steps.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ModelDownload> _last = [];
    private bool _stopped;

    /// <summary>The download of a model that goes on, or the last one; null where there was none since the start.</summary>
    public ModelDownload? Find(string model)
    {
        lock (_gate)
            return _last.GetValueOrDefault(model);
    }

    /// <summary>Asks what the hubs have.</summary>
    /// <param name="model">A name of the catalogue.</param>
    /// <param name="from">The hub; null for the one that answers first.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="SpeechEmotion.Errors.DownloadException">Nobody answers, or nobody has it.</exception>
    /// <exception cref="RequestException"><c>download.unreachable</c>: nobody has answered yet.</exception>
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

    /// <summary>Begins a download, or goes on with one that broke off.</summary>
    /// <param name="model">A name of the catalogue.</param>
    /// <param name="from">The hub; null for the one that answers first.</param>
    /// <param name="partial">Whether the needed parts will do.</param>
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

    /// <summary>Forgets the last download of a model that is gone.</summary>
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
