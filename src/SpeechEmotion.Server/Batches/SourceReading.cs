using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Sources;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Batches;

/// <summary>
/// Reads the folders, archives and manifests of the server's batches in the background, while the engine processes what was read
/// before. After a restart it reads an unfinished source again: the batch knows the recordings that it has.
/// </summary>
internal sealed class SourceReading(
    BatchSources sources, BatchIntake intake, BatchStore batches, BatchFolders folders, ServerFolder server, DiskBudget disk,
    IOptions<ServerOptions> options, TimeProvider time, ILogger<SourceReading> logger) : BackgroundService
{
    /// <summary>How many batches are read at once.</summary>
    private const int MostAtOnce = 4;

    /// <summary>How long the reading pauses after a failure of the database.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>How often the server looks for the sources of a server that crashed.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<int, (Task Reading, CancellationTokenSource Stop)> _running = [];
    private readonly SemaphoreSlim _wake = new(0);

    /// <summary>Looks for sources that were added.</summary>
    public void Wake() => _wake.Release();

    /// <summary>Stops the reading of a batch that was deleted, and waits for its end.</summary>
    public async Task StopAsync(int batch)
    {
        if (!_running.TryGetValue(batch, out var running))
            return;
        await running.Stop.CancelAsync();
        await running.Reading;
    }

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before requests create folders and files.
        await folders.DeleteExceptAsync(await batches.ListFoldersAsync(cancellationToken), cancellationToken);
        foreach (var batch in await batches.ListOpenAsync(cancellationToken))
        {
            var named = await sources.ListFilesAsync(batch, cancellationToken);
            await folders.DeleteFilesExceptAsync(batch.Folder!, named, cancellationToken);
        }
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await BeginAsync(stoppingToken);
                await _wake.WaitAsync(Interval, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
        await Task.WhenAll(_running.Values.Select(running => running.Reading));
    }

    private async Task BeginAsync(CancellationToken ct)
    {
        try
        {
            while (_running.Count < MostAtOnce && await sources.TakeUnreadAsync([.. _running.Keys], ct) is { } batch)
                Begin(batch, ct);
        }
        catch (SpeechEmotionException failure)
        {
            await RetryAsync(failure, ct);
        }
    }

    private void Begin(BatchEntry batch, CancellationToken ct)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        // The reading removes itself, which must not happen before it was added.
        var added = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[batch.Id] = (ReadAsync(batch, added.Task, stop), stop);
        added.SetResult();
    }

    private async Task ReadAsync(BatchEntry batch, Task added, CancellationTokenSource stop)
    {
        await added;
        var ct = stop.Token;
        try
        {
            foreach (var source in (await sources.ListAsync(batch.Id, ct)).Where(source => !source.IsRead))
            {
                if (!await ReadAsync(batch, source, ct))
                {
                    await sources.ReturnAsync(batch.Id, ct);
                    return;
                }
            }
            await intake.SealAsync(batch.Id, ct);
            await batches.CompleteAsync(batch.Id, ct);
            await sources.ReturnAsync(batch.Id, ct);
        }
        catch (OperationCanceledException)
        {
            // The batch was deleted, or the server stops; the next start reads the source again.
        }
        catch (Exception failure)
        {
            await PauseAsync(batch.Id, ProblemAnswers.Known(failure), ct);
        }
        finally
        {
            await DeleteFilesAsync(batch);
            _running.TryRemove(batch.Id, out _);
            stop.Dispose();
            // A source may have been added, or another batch may have waited.
            Wake();
        }
    }

    /// <summary>Deletes what was unpacked for a batch that another server has deleted meanwhile.</summary>
    private async Task DeleteFilesAsync(BatchEntry batch)
    {
        try
        {
            if (await batches.FindAsync(batch.Id, CancellationToken.None) is null)
                await folders.DeleteAsync(batch.Folder!);
        }
        catch (SpeechEmotionException)
        {
            // The next start deletes the folder.
        }
    }

    /// <summary>
    /// Reads one source. An error of the source ends only its reading: its earlier recordings are processed. Any other error, as of a
    /// full disk, pauses the batch, and the source is read again when the batch is resumed.
    /// </summary>
    /// <returns>False if the batch was paused by an error, cancelled or deleted.</returns>
    private async Task<bool> ReadAsync(BatchEntry batch, BatchSourceEntry source, CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var space = disk.TakeResult(0);
        source.Location = folders.LocationOf(batch, source.Location);
        var names = new SourceNames(source);
        SourceGroups groups;
        try
        {
            await folders.BringAsync(source.Location, ct);
            var metadata = await folders.BringMetadataAsync(batch, ct);
            groups = new(Open(batch, source, names, metadata, space, end.Token), time, end.Token);
        }
        catch (SourceException error)
        {
            await sources.EndAsync(source, names.ErrorOf(error), ct);
            return true;
        }
        try
        {
            while (await groups.NextAsync(ct) is { Count: > 0 } group)
            {
                if (!await AddAsync(batch.Id, group, space, ct))
                    return false;
            }
        }
        finally
        {
            await end.CancelAsync();
            await groups.Reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            space.Keep(space.Written);
        }
        var failure = groups.Reading.Exception?.InnerException;
        if (failure is not (null or SourceException))
        {
            await batches.PauseAsync(batch.Id, Known(failure), ct);
            return false;
        }
        var isEnded = await sources.EndAsync(source, failure is SourceException refusal ? names.ErrorOf(refusal) : null, ct);
        // Another server may be reading the file.
        if (isEnded && failure is null && folders.Owns(source.Location))
            await folders.DeleteFilesAsync([source.Location]);
        return true;
    }

    /// <summary>Stores what was unpacked, and adds the recordings.</summary>
    private Task<bool> AddAsync(int batch, IReadOnlyList<SourceItem> group, DiskShare space, CancellationToken ct) => intake.AddAsync(
        batch, group, ct, () => folders.KeepAsync([.. group.Select(item => item.Location).Where(folders.Owns)], space, ct));

    private IEnumerable<SourceItem> Open(
        BatchEntry batch, BatchSourceEntry source, SourceNames names, string? metadata, DiskShare space, CancellationToken ct)
    {
        var unpacked = folders.UnpackedOf(batch.Folder!);
        var settings = new SourceOptions
        {
            UnpackTo = unpacked,
            UnpacksByName = options.Value.Database is not null && folders.Owns(source.Location),
            Output = server.Results,
            Root = Path.GetFullPath(options.Value.BatchRoot ?? unpacked),
            AllowUrls = options.Value.AllowUrlInput,
            MaxRecordingBytes = options.Value.MaxUpload * 1_000_000L,
        };
        var items = RecordingSource.Read([source.Location], settings, ct).Select(item => Reserve(names.ItemOf(item), space));
        return metadata is null ? items : items.Select(MetadataTable.Read(metadata, ct).Join);
    }

    /// <summary>Counts a recording that was unpacked in the disk budget. One of an earlier reading is counted already.</summary>
    private static SourceItem Reserve(SourceItem item, DiskShare space)
    {
        if (item.Written == 0)
            return item;
        try
        {
            space.Add(item.Written);
            return item;
        }
        catch (SpeechEmotionException)
        {
            // The next reading would take it for one that is counted.
            UploadedRecording.Remove(item.Location);
            throw;
        }
    }

    /// <summary>Pauses a batch if its reading would fail again; otherwise, the reading pauses.</summary>
    private async Task PauseAsync(int batch, SpeechEmotionException failure, CancellationToken ct)
    {
        try
        {
            if (FileErrors.IsLasting(failure) || failure is OutputException)
            {
                await batches.PauseAsync(batch, failure, CancellationToken.None);
                await sources.ReturnAsync(batch, CancellationToken.None);
                return;
            }
        }
        catch (SpeechEmotionException)
        {
            // The database does not answer.
        }
        await RetryAsync(failure, ct);
    }

    private SpeechEmotionException Known(Exception failure)
    {
        var known = ProblemAnswers.Known(failure);
        if (known.Code == "server.unexpected")
            Log.Unexpected(logger, failure);
        return known;
    }

    private async Task RetryAsync(SpeechEmotionException failure, CancellationToken ct)
    {
        Log.SourceNotRead(logger, failure.Code, failure.Message);
        await Task.Delay(Pause, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Wake();
    }
}
