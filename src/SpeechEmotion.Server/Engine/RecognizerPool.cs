using SpeechEmotion.Errors;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Quantization;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Engine;

/// <summary>
/// The models in memory: the default model, loaded and warmed up in the background after the start, and at most one other model
/// that a request named. All requests share them. Another model may replace the default model at any time.
/// </summary>
public sealed class RecognizerPool(
    RecognizerLoader load, ModelSearch models, SharedModels shared, TimeProvider time, ILogger<RecognizerPool> logger)
    : BackgroundService, IProgress<ImportProgress>
{
    /// <summary>The longest wait for a cancelled load, which stops between two of its steps.</summary>
    private static readonly TimeSpan LoadEnd = TimeSpan.FromSeconds(10);

    /// <summary>The interval after which an idle model releases its working memory.</summary>
    private static readonly TimeSpan RestInterval = TimeSpan.FromSeconds(4);

    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _exchange = new(1);
    private readonly Lock _gate = new();
    private LoadedRecognizer? _own;
    private (string Name, LoadedRecognizer Recognizer)? _other;
    private bool _disposed;

    /// <summary>The state of the default model.</summary>
    public ModelState State { get; private set; }

    /// <summary>The default model, which processes the requests that name no model; null until it is ready.</summary>
    public ModelIdentity? Identity { get; private set; }

    /// <summary>Why its int8 form was rejected although int8 or auto was requested; null if it was not.</summary>
    public Int8Fault? Int8Fault { get; private set; }

    /// <summary>The device that runs it; the CPU until it is ready.</summary>
    public ComputeDevice Device { get; private set; }

    /// <summary>Why the CPU runs it although CUDA was requested; null if CUDA runs it or was not requested.</summary>
    public DeviceFault? DeviceFault { get; private set; }

    /// <summary>Why it cannot be loaded; null if it can.</summary>
    public SpeechEmotionException? Error { get; private set; }

    /// <summary>The progress of its import; null if none is running.</summary>
    public ImportProgress? Import { get; private set; }

    /// <summary>Completes when the default model is ready or has failed.</summary>
    public Task SettledAsync(CancellationToken ct) => _settled.Task.WaitAsync(ct);

    /// <summary>Rents a model, and loads it first if necessary.</summary>
    /// <param name="model">The name of the model; null for the default model.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <exception cref="SpeechEmotionException">The model does not exist, or it cannot be loaded.</exception>
    public async Task<RecognizerLease> RentAsync(string? model, CancellationToken ct)
    {
        await SettledAsync(ct);
        if (model is not null && ModelCatalogue.NameOf(model) is var name && name != Identity?.Id)
            return await RentOtherAsync(name, ct);
        return RentOwn();
    }

    /// <summary>
    /// Loads a model, warms it up and makes it the default model. Running recognitions finish with the old model, which is unloaded
    /// after the last of them.
    /// </summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="progress">Receives the progress of an import.</param>
    /// <param name="ct">Cancels the switch; the old model stays.</param>
    /// <exception cref="SpeechEmotionException">The model cannot be loaded, or produces no emotions; the old model stays.</exception>
    public async Task SwitchAsync(string model, IProgress<ImportProgress> progress, CancellationToken ct)
    {
        await SettledAsync(ct);
        await shared.ProvideAsync(model, ct);
        await _exchange.WaitAsync(ct);
        try
        {
            // At most two models are in memory at a time.
            RetireOther();
            Own(await Task.Run(() => LoadWarm(model, progress, ct), ct));
        }
        finally
        {
            _exchange.Release();
        }
    }

    /// <summary>Runs an action on the files of a model while the model cannot be loaded and no new request can rent it.</summary>
    /// <exception cref="RequestException"><c>model.in_use</c>: it is the default model.</exception>
    public async Task WithoutAsync(string model, Action act, CancellationToken ct)
    {
        await _exchange.WaitAsync(ct);
        try
        {
            if (model == Identity?.Id)
                throw ModelErrors.InUse(model);
            if (_other?.Name == model)
                RetireOther();
            await Task.Run(act, ct);
        }
        finally
        {
            _exchange.Release();
        }
    }

    /// <summary>
    /// Returns whether a request may name this model: it is on this machine, or another program has given it, and the text is a name, not
    /// a folder. While the default model is being loaded, its name is unknown, so every name is accepted.
    /// </summary>
    public bool Knows(string model) => !_settled.Task.IsCompleted
        || (ModelCatalogue.NameOf(model) is var name
            && (name == Identity?.Id || models.List().Any(found => found.Id == name) || shared.Knows(name)));

    /// <summary>Whether a model is in memory.</summary>
    internal bool HasLoaded(string model) => model == Identity?.Id || model == _other?.Name;

    void IProgress<ImportProgress>.Report(ImportProgress value) => Import = value;

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        // After a failed start, no caller has waited for the load yet; a process that exits while the engine's library is being
        // loaded crashes.
        if (ExecuteTask is { } execution)
            Task.WaitAny([execution], LoadEnd); // WaitAny does not throw: the task may be cancelled or faulted.
        lock (_gate)
            _disposed = true;
        _other?.Recognizer.Retire();
        _own?.Retire();
        _exchange.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Run(() => LoadAsync(stoppingToken), CancellationToken.None);
        using var interval = new PeriodicTimer(RestInterval, time);
        try
        {
            while (await interval.WaitForNextTickAsync(stoppingToken))
            {
                Rest();
                await RetryAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server is stopping.
        }
    }

    /// <summary>Loads the default model again if the machine lacked it: another program may have given it meanwhile.</summary>
    private async Task RetryAsync(CancellationToken ct)
    {
        if (State == ModelState.Failed && Error is ModelException { Code: "model.not_found" } && shared.IsOn)
            await Task.Run(() => LoadAsync(ct), CancellationToken.None);
    }

    /// <summary>Copies the default model from the shared files, if it is there. If that fails, it may still be on this machine.</summary>
    private async Task TryProvideAsync(CancellationToken ct)
    {
        try
        {
            await shared.ProvideAsync(null, ct);
        }
        catch (SpeechEmotionException failure)
        {
            Log.ModelsNotShared(logger, failure.Code, failure.Message);
        }
    }

    private void Rest()
    {
        LoadedRecognizer? own, other;
        lock (_gate)
            (own, other) = (_own, _other?.Recognizer);
        // No short circuit: both models must be asked.
        if ((own?.Rest() ?? false) | (other?.Rest() ?? false))
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private async Task<RecognizerLease> RentOtherAsync(string name, CancellationToken ct)
    {
        if (_other?.Name != name)
            await shared.ProvideAsync(name, ct);
        await _exchange.WaitAsync(ct);
        try
        {
            if (_other?.Name == name)
                return _other.Value.Recognizer.Rent();
            // A switch has made it the default model meanwhile.
            if (name == Identity?.Id)
                return RentOwn();
            // An unknown name must not evict the loaded model.
            if (!Knows(name))
                throw RequestErrors.NoModel(name);
            RetireOther();
            var loaded = new LoadedRecognizer(await Task.Run(() => load(name, new Progress<ImportProgress>(), ct), ct));
            lock (_gate)
                _other = (name, loaded);
            return loaded.Rent();
        }
        finally
        {
            _exchange.Release();
        }
    }

    private RecognizerLease RentOwn()
    {
        // Rented under the lock, so that the model cannot be retired before.
        lock (_gate)
        {
            if (_own is { } own)
                return own.Rent();
        }
        throw Error is { } cause ? RequestErrors.NoOwnModel(cause) : RequestErrors.Interrupted();
    }

    private void RetireOther()
    {
        var other = _other;
        lock (_gate)
            _other = null;
        other?.Recognizer.Retire();
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        try
        {
            await TryProvideAsync(ct);
            Own(LoadWarm(null, this, ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The server is stopping.
        }
        catch (Exception e)
        {
            var isRepeated = State == ModelState.Failed;
            (Error, State) = (ProblemAnswers.Known(e), ModelState.Failed);
            if (!isRepeated)
                Log.ModelFailed(logger, Error.Code, Error.Message);
            if (Error.InnerException is { } cause && Error is RequestException)
                Log.Unexpected(logger, cause);
        }
        finally
        {
            Import = null;
            _settled.TrySetResult();
        }
    }

    private EmotionRecognizer LoadWarm(string? model, IProgress<ImportProgress> progress, CancellationToken ct)
    {
        var recognizer = load(model, progress, ct);
        try
        {
            // The first inference allocates the memory that all later ones use.
            recognizer.Recognize(new float[SampleRate.Hz], SampleRate.Hz, ct: ct);
            return recognizer;
        }
        catch
        {
            recognizer.Dispose();
            throw;
        }
    }

    private void Own(EmotionRecognizer recognizer)
    {
        var identity = recognizer.Model.Identity;
        LoadedRecognizer? old;
        lock (_gate)
        {
            if (_disposed)
            {
                recognizer.Dispose();
                throw RequestErrors.Stopping();
            }
            (old, _own) = (_own, new(recognizer));
            (Device, DeviceFault) = (recognizer.Device, recognizer.DeviceFault);
            (Identity, Int8Fault, Error, State) = (identity, recognizer.Int8Fault, null, ModelState.Ready);
        }
        old?.Retire();
        Log.ModelReady(logger, identity.Id, identity.Precision, identity.Hash);
        if (Int8Fault is { } fault)
            Log.Int8Doubted(logger, fault.TextIn("en"), identity.Precision);
        if (DeviceFault is { Demanded: true } refused)
            Log.DeviceRefused(logger, refused.SentenceIn("en"));
        else if (DeviceFault is { } chosen)
            Log.DeviceChosen(logger, chosen.Text);
    }
}
