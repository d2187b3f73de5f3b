using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using SpeechEmotion.Audio.Files;
using SpeechEmotion.Options;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Sources;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Uploads;
using SpeechEmotion.Server.Webhooks;

namespace SpeechEmotion.Server.Batches;

/// <summary>Creates the batches of clients, and adds recordings to open ones.</summary>
internal sealed class BatchCreation(
    BatchIntake intake, BatchStore batches, BatchFolders folders, SourceReading reading, RecognizerPool recognizers,
    WebhookTargets webhooks, IFileStore files, IOptions<ServerOptions> options, TimeProvider time)
    : IDisposable
{
    /// <summary>
    /// Makes looking up a key and creating its batch one step. Storing files elsewhere takes too long to hold it; the shared database then
    /// refuses the second batch of a key.
    /// </summary>
    private readonly SemaphoreSlim _gate = new(files.IsElsewhere ? int.MaxValue : 1);

    /// <summary>Refuses an order whose model or webhook the server cannot use.</summary>
    /// <exception cref="RequestException">The order is refused.</exception>
    public void Require(BatchOrder order)
    {
        if (order.Model is { } model && !recognizers.Knows(model))
            throw RequestErrors.NoModel(model);
        webhooks.Require(order.Webhook);
    }

    /// <summary>Creates a batch, or returns the one that the same request created before.</summary>
    /// <param name="order">The request. Its files are moved or deleted, also on failure.</param>
    /// <param name="key">The idempotency key of the request; null without one.</param>
    /// <param name="ct">Cancels the creation; nothing is created then.</param>
    /// <returns>The batch, and whether it existed before.</returns>
    /// <exception cref="RequestException">The request is refused.</exception>
    public async Task<(BatchEntry Batch, bool Repeated)> CreateAsync(BatchOrder order, IdempotencyKey? key, CancellationToken ct)
    {
        try
        {
            // Until then, the server does not know which model is the active one.
            await recognizers.SettledAsync(ct);
            Require(order);
            if (key is null)
                return (await CreateAsync(order, null, null, ct), false);
            var fingerprint = await FingerprintAsync(order, ct);
            await _gate.WaitAsync(ct);
            try
            {
                if (await FindAsync(key, fingerprint, ct) is { } known)
                    return (known, true);
                return (await CreateAsync(order, KeyOf(key), fingerprint, ct), false);
            }
            catch (RequestException taken) when (taken.Code == RequestErrors.KeyTakenCode)
            {
                // Another server was faster.
                return (await FindAsync(key, fingerprint, ct) ?? throw RequestErrors.KeyTaken(), true);
            }
            finally
            {
                _gate.Release();
            }
        }
        catch (SourceException error)
        {
            throw BatchRequestErrors.Refused(error);
        }
        finally
        {
            // Those of a new batch were moved.
            Discard(order.Files);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    /// <summary>Adds recordings and archives to an open batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="files">The files with the names of their parts; they are moved or deleted, also on failure.</param>
    /// <param name="ct">Cancels the operation; nothing is added then.</param>
    /// <returns>The number of recordings and archives that are new, and of those that the batch had already.</returns>
    /// <exception cref="RequestException"><c>batch.not_open</c>, or the files are refused.</exception>
    public async Task<(int Added, int Repeated)> AddAsync(
        BatchEntry batch, IReadOnlyList<(string Part, UploadedRecording File)> files, CancellationToken ct)
    {
        var discards = true;
        BatchUploads? uploads = null;
        try
        {
            if (files.Count == 0)
                throw BatchRequestErrors.Empty();
            var folder = batch.Folder ?? throw BatchRequestErrors.NotOpen(batch.Id);
            folders.Provide(folder);
            uploads = BatchUploads.Move(files, folders.PathOf(folder), ct);
            var repeated = await intake.FindRepeatedAsync(batch, uploads.Recordings, ct);
            var repeatedArchives = await intake.FindRepeatedAsync(batch.Id, uploads.Sources, ct);
            var recordings = Join([.. uploads.Recordings.Except(repeated)], await folders.BringMetadataAsync(batch, ct), ct);
            NewSource[] archives = [.. uploads.Sources.Except(repeatedArchives)];
            await folders.KeepAsync(
                [.. recordings.Select(recording => recording.Location), .. archives.Select(archive => archive.Location)], null, ct);
            if (await intake.AddAsync(batch.Id, recordings, archives, ct) is not { } number)
                throw BatchRequestErrors.NotOpen(batch.Id);
            discards = false;
            foreach (var location in repeated.Select(item => item.Location).Concat(repeatedArchives.Select(archive => archive.Location)))
                folders.DeleteCopy(location);
            reading.Wake();
            return (number + archives.Length, repeated.Count + repeatedArchives.Count);
        }
        catch (RequestException failure) when (HistoryErrors.IsUncertain(failure))
        {
            // The batch may have them.
            discards = false;
            reading.Wake();
            throw;
        }
        catch (DirectoryNotFoundException)
        {
            throw BatchRequestErrors.NotFound($"{batch.Id}");
        }
        finally
        {
            if (discards)
            {
                // Without a wait for a store that may not answer; what is left goes with the batch.
                _ = folders.DeleteFilesAsync(uploads?.Files ?? []);
                Discard(files);
            }
        }
    }

    /// <summary>Ends an open batch: no more recordings follow.</summary>
    public async Task SealAsync(int batch, CancellationToken ct)
    {
        await intake.CloseAsync(batch, ct);
        await FinishAsync(batch, CancellationToken.None);
    }

    private async Task<BatchEntry?> FindAsync(IdempotencyKey key, string fingerprint, CancellationToken ct)
    {
        var known = await batches.FindAsync(KeyOf(key), ct);
        return known is null || known.Fingerprint == fingerprint ? known : throw RequestErrors.OtherRequest(IdempotencyKey.Header);
    }

    private async Task<BatchEntry> CreateAsync(BatchOrder order, string? key, string? fingerprint, CancellationToken ct)
    {
        string? folder = null;
        var discards = true;
        try
        {
            var source = SourceOf(order);
            if (order.Files.Count == 0 && source is null && !order.Open)
                throw BatchRequestErrors.Empty();
            // Also without files: the archives of the server's own folder are unpacked there.
            folder = folders.Create();
            var uploads = BatchUploads.Move(order.Files, folders.PathOf(folder), ct);
            var recordings = Join(uploads.Recordings, uploads.MetadataFile, ct);
            await folders.KeepAsync(uploads.Files, null, ct);
            var batch = await intake.CreateAsync(
                new()
                {
                    Name = order.Name ?? NameOf(order),
                    Options = OptionsOf(order),
                    // A worker whose precision or files differ must not decide.
                    Model = recognizers.Identity is { } own && (order.Model ?? own.Id) == own.Id ? BatchStore.ModelOf(own) : null,
                    Priority = order.Priority,
                    Webhook = order.Webhook,
                    Open = order.Open,
                    Folder = folder,
                    Metadata = Path.GetFileName(uploads.MetadataFile),
                    Key = key,
                    Fingerprint = fingerprint,
                    Trace = ServerTraces.Current,
                    Recordings = recordings,
                    Sources = source is { } found ? [.. uploads.Sources, found] : uploads.Sources,
                },
                ct);
            discards = false;
            // The client may disconnect now; the batch exists.
            await FinishAsync(batch.Id, CancellationToken.None);
            return (await batches.FindAsync(batch.Id, ct))!;
        }
        catch (RequestException failure) when (HistoryErrors.IsUncertain(failure))
        {
            // The batch may exist; if not, the next start deletes the folder.
            discards = false;
            reading.Wake();
            throw;
        }
        finally
        {
            if (discards && folder is not null)
                await folders.DiscardAsync(folder);
        }
    }

    private async Task FinishAsync(int batch, CancellationToken ct)
    {
        try
        {
            await intake.SealAsync(batch, ct);
            await batches.CompleteAsync(batch, ct);
        }
        finally
        {
            reading.Wake();
        }
    }

    private NewSource? SourceOf(BatchOrder order)
    {
        if (order.Source is not { } source)
            return null;
        var root = Path.GetFullPath(options.Value.BatchRoot ?? throw BatchRequestErrors.NoRoot());
        var location = SourceRoot.Find(root, source);
        return new(Path.GetRelativePath(root, location) is var relative && relative == "." ? "" : relative, location, Digest: null);
    }

    private static IReadOnlyList<SourceItem> Join(IReadOnlyList<SourceItem> recordings, string? metadata, CancellationToken ct) =>
        // Also without recordings: a table that cannot be read is refused before archives are unpacked.
        metadata is null ? recordings : [.. recordings.Select(MetadataTable.Read(metadata, ct).Join)];

    private BatchOptions OptionsOf(BatchOrder order) => new()
    {
        // The batch keeps its model if another one becomes active.
        Model = order.Model ?? recognizers.Identity?.Id,
        Precision = options.Value.Precision,
        Device = options.Value.Device,
        Granularity = order.Options.Granularity,
        Embedding = order.Options.Embedding,
        Segments = order.Options.Segments,
        Silence = order.Options.Silence,
        Channels = order.Options.Channels,
        Roles = order.Options.Roles,
        MaxHours = options.Value.MaxHours,
    };

    private string NameOf(BatchOrder order) => order switch
    {
        { Source: { Length: > 0 } source } => Path.GetFileName(Path.TrimEndingDirectorySeparator(source)),
        { Files: [var (_, only)] } => only.Name,
        { Files: [var (_, first), ..] } when first.SentPath?.Split('/') is [var top, _, ..] => top,
        _ => time.GetLocalNow().ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture),
    };

    private static string KeyOf(IdempotencyKey key) => $"{key.Scope}\n{key.Value}";

    private static async Task<string> FingerprintAsync(BatchOrder order, CancellationToken ct)
    {
        var text = new StringBuilder();
        foreach (var (part, file) in order.Files)
        {
            var digest = await Task.Run(() => SourceDigest.Of(file.Path, ct).Sha256, ct);
            text.Append(part).Append('\t').Append(file.SentPath).Append('\t').Append(digest).Append('\n');
        }
        var roles = string.Join(',', order.Options.Roles);
        text.Append(order with { Files = [] }).Append(roles);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Discard(IReadOnlyList<(string Part, UploadedRecording File)> files)
    {
        foreach (var (_, file) in files)
            file.Discard();
    }
}
