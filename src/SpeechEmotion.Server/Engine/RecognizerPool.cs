using SpeechEmotion.Errors;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Quantization;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Engine;

/// <summary>
/// The models in memory: the server's own, loaded and warmed up in the background from the start, and at most one other that
/// a request has named. All requests share them. Another may take the place of the server's own at any time.
/// </summary>
public sealed class RecognizerPool(RecognizerLoader load, ModelSearch models, TimeProvider time, ILogger<RecognizerPool> logger)
    : BackgroundService, IProgress<ImportProgress>
{
    /// <summary>How long a load may go on that is not wanted any more: it stops between two of its steps.</summary>
    private static readonly TimeSpan LoadEnd = TimeSpan.FromSeconds(10);

    /// <summary>A model that nobody has used for so long gives its working memory back.</summary>
    private static readonly TimeSpan RestInterval = TimeSpan.FromSeconds(4);

    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _exchange = new(1);
    private readonly Lock _gate = new();
    private LoadedRecognizer? _own;
    private (string Name, LoadedRecognizer Recognizer)? _other;
    private bool _disposed;

    /// <summary>How far the server's own model is.</summary>
    public ModelState State { get; private set; }

    /// <summary>The server's own model, which answers where a request names none; null until it is ready.</summary>
    public ModelIdentity? Identity { get; private set; }

    /// <summary>What speaks against its int8 form, where int8 or auto was asked for; null for nothing.</summary>
    public Int8Fault? Int8Fault { get; private set; }

    /// <summary>What computes it; the processor until it is ready.</summary>
    public ComputeDevice Device { get; private set; }

    /// <summary>Why the processor computes it, where CUDA was asked for; null for nothing.</summary>
    public DeviceFault? DeviceFault { get; private set; }

    /// <summary>Why it cannot be loaded; null where it can.</summary>
    public SpeechEmotionException? Error { get; private set; }

    /// <summary>How far its import has come; null where none goes on.</summary>
    public ImportProgress? Import { get; private set; }

    /// <summary>Done when the server's own model is ready or has failed.</summary>
    public Task SettledAsync(CancellationToken ct) => _settled.Task.WaitAsync(ct);

    /// <summary>Lends a model, loaded first where that is needed.</summary>
    /// <param name="model">Its name; null for the server's own.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="SpeechEmotionException">There is no such model, or it cannot be loaded.</exception>
    public async Task<RecognizerLease> RentAsync(string? model, CancellationToken ct)
    {
        await SettledAsync(ct);
        if (model is not null && ModelCatalogue.NameOf(model) is var name && name != Identity?.Id)
            return await RentOtherAsync(name, ct);
        return RentOwn();
    }

    /// <summary>
    /// Loads a model and lets it answer once; then it takes the place of the server's own. What runs over the old one ends there,
    /// and then the old one is unloaded.
    /// </summary>
    /// <param name="model">Its name.</param>
    /// <param name="progress">Told how far an import has come.</param>
    /// <param name="ct">Stops it and leaves things as they were.</param>
    /// <exception cref="SpeechEmotionException">It cannot be loaded, or gives no emotions; the old one stays.</exception>
    public async Task SwitchAsync(string model, IProgress<ImportProgress> progress, CancellationToken ct)
    {
        await SettledAsync(ct);
        await _exchange.WaitAsync(ct);
        try
        {
            // Two models in memory are enough.
            RetireOther();
            Own(await Task.Run(() => LoadWarm(model, progress, ct), ct));
        }
        finally
        {
            _exchange.Release();
        }
    }

    /// <summary>Does something with the files of a model while nobody can load it, and nobody who comes now has it.</summary>
    /// <exception cref="RequestException"><c>model.in_use</c>: it is the server's own.</exception>
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
    /// Whether a request may name this model: one that is on this machine, by its name and by no folder. Before the server's own
    /// is settled its name is not known yet, and any may turn out to be it.
    /// </summary>
    public bool Knows(string model) => !_settled.Task.IsCompleted
        || (ModelCatalogue.NameOf(model) is var name && (name == Identity?.Id || models.List().Any(found => found.Id == name)));

    void IProgress<ImportProgress>.Report(ImportProgress value) => Import = value;

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        // Where the server could not start nobody has waited for this yet; a process that ends while the engine's library is
        // being loaded crashes on its way out.
        if (ExecuteTask is { } execution)
            Task.WaitAny([execution], LoadEnd); // However it ends: it may have been stopped before it began.
        lock (_gate)
            _disposed = true;
        _other?.Recognizer.Retire();
        _own?.Retire();
        _exchange.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Run(() => Load(stoppingToken), CancellationToken.None);
        using var interval = new PeriodicTimer(RestInterval, time);
        try
        {
            while (await interval.WaitForNextTickAsync(stoppingToken))
                Rest();
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    private void Rest()
    {
        LoadedRecognizer? own, other;
        lock (_gate)
            (own, other) = (_own, _other?.Recognizer);
        // Both, whatever the first one says.
        if ((own?.Rest() ?? false) | (other?.Rest() ?? false))
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private async Task<RecognizerLease> RentOtherAsync(string name, CancellationToken ct)
    {
        await _exchange.WaitAsync(ct);
        try
        {
            if (_other?.Name == name)
                return _other.Value.Recognizer.Rent();
            // A switch was faster.
            if (name == Identity?.Id)
                return RentOwn();
            // An unknown name must not cost the model that is there its place.
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
        // One that is lent under the gate cannot be retired before it is.
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

    private void Load(CancellationToken ct)
    {
        try
        {
            Own(LoadWarm(null, this, ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The server ends.
        }
        catch (Exception e)
        {
            Error = ProblemAnswers.Known(e);
            State = ModelState.Failed;
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
            // The first inference allocates what all later ones use.
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
