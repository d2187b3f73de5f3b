using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Errors;

namespace SpeechEmotion.Server.Engine;

/// <summary>
/// The models in memory: the server's own, loaded and warmed up in the background from the start, and at most one other that
/// a request has named. All requests share them.
/// </summary>
public sealed class RecognizerPool(RecognizerLoader load, ILogger<RecognizerPool> logger) : BackgroundService, IProgress<ImportProgress>
{
    private readonly TaskCompletionSource<LoadedRecognizer> _own = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _exchange = new(1);
    private LoadedRecognizer? _other;

    /// <summary>How far the server's own model is.</summary>
    public ModelState State { get; private set; }

    /// <summary>The server's own model; null until it is ready.</summary>
    public ModelIdentity? Identity { get; private set; }

    /// <summary>Why it cannot be loaded; null where it can.</summary>
    public SpeechEmotionException? Error { get; private set; }

    /// <summary>How far its import has come; null where none goes on.</summary>
    public ImportProgress? Import { get; private set; }

    /// <summary>Done when the server's own model is ready or has failed.</summary>
    public Task SettledAsync(CancellationToken ct) => _own.Task.WaitAsync(ct).ContinueWith(
        settled => ct.ThrowIfCancellationRequested(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>Lends a model, loaded first where that is needed.</summary>
    /// <param name="model">Its name; null for the server's own.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="SpeechEmotionException">There is no such model, or it cannot be loaded.</exception>
    public async Task<RecognizerLease> RentAsync(string? model, CancellationToken ct)
    {
        var own = await _own.Task.WaitAsync(ct);
        if (model is null || ModelCatalogue.NameOf(model) == own.Id)
            return own.Rent();
        await _exchange.WaitAsync(ct);
        try
        {
            if (_other?.Id != ModelCatalogue.NameOf(model))
            {
                _other?.Retire();
                _other = null;
                _other = new(await Task.Run(() => load(KnownName(model), new Progress<ImportProgress>(), ct), ct));
            }
            return _other.Rent();
        }
        finally
        {
            _exchange.Release();
        }
    }

    void IProgress<ImportProgress>.Report(ImportProgress value) => Import = value;

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _other?.Retire();
        if (_own.Task.IsCompletedSuccessfully)
            _own.Task.Result.Retire();
        _exchange.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => Load(stoppingToken), CancellationToken.None);

    private void Load(CancellationToken ct)
    {
        try
        {
            var recognizer = load(null, this, ct);
            // The first inference allocates what all later ones use.
            recognizer.Recognize(new float[16000], 16000, ct: ct);
            Identity = recognizer.Model.Identity;
            State = ModelState.Ready;
            Log.ModelReady(logger, Identity.Id, Identity.Precision, Identity.Hash);
            _own.SetResult(new(recognizer));
        }
        catch (OperationCanceledException)
        {
            _own.SetCanceled(ct);
        }
        catch (Exception e)
        {
            Error = ProblemAnswers.Known(e);
            State = ModelState.Failed;
            Log.ModelFailed(logger, Error.Code, Error.Message);
            _own.SetException(Error);
        }
        finally
        {
            Import = null;
        }
    }

    /// <summary>A request may name a model, but no folder of the server's machine.</summary>
    private static string KnownName(string model)
    {
        var name = ModelCatalogue.NameOf(model);
        return ModelSearch.Default.List().Any(found => found.Id == name) ? name : throw RequestErrors.NoModel(name);
    }
}
