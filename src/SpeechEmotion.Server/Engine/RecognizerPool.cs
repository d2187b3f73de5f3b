using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Errors;

namespace SpeechEmotion.Server.Engine;

/// <summary>
/// The models in memory: the server's own, loaded and warmed up in the background from the start, and at most one other that
/// a request has named. All requests share them.
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

    /// <summary>The server's own model; null until it is ready.</summary>
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
        if (Error is not null)
            throw RequestErrors.NoOwnModel(Error);
        return _own?.Rent() ?? throw RequestErrors.Interrupted();
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
            // An unknown name must not cost the model that is there its place.
            if (!Knows(name))
                throw RequestErrors.NoModel(name);
            _other?.Recognizer.Retire();
            lock (_gate)
                _other = null;
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

    private void Load(CancellationToken ct)
    {
        EmotionRecognizer? recognizer = null;
        try
        {
            recognizer = load(null, this, ct);
            // The first inference allocates what all later ones use.
            recognizer.Recognize(new float[16000], 16000, ct: ct);
            Own(recognizer);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            recognizer?.Dispose();
        }
        catch (Exception e)
        {
            recognizer?.Dispose();
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

    private void Own(EmotionRecognizer recognizer)
    {
        var identity = recognizer.Model.Identity;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _own = new(recognizer);
        }
        Identity = identity;
        Int8Fault = recognizer.Int8Fault;
        (Device, DeviceFault) = (recognizer.Device, recognizer.DeviceFault);
        State = ModelState.Ready;
        Log.ModelReady(logger, identity.Id, identity.Precision, identity.Hash);
        if (Int8Fault is { } fault)
            Log.Int8Doubted(logger, fault.TextIn("en"), identity.Precision);
        if (DeviceFault is { Demanded: true } refused)
            Log.DeviceRefused(logger, refused.SentenceIn("en"));
        else if (DeviceFault is { } chosen)
            Log.DeviceChosen(logger, chosen.Text);
    }
}
