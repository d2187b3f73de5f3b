using SpeechEmotion.Downloads.Hubs;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Results;

namespace SpeechEmotion.Downloads;

/// <summary>Downloads the files of an offer into a folder, whole or in part, and checks them.</summary>
/// <param name="offer">The offer.</param>
/// <param name="connection">The connection to the hub.</param>
/// <param name="folder">The folder for the files.</param>
/// <param name="freeSpace">Returns the free bytes on the store's disk.</param>
/// <param name="progress">Receives the progress.</param>
/// <param name="time">The clock for transfer rates.</param>
internal sealed class OfferDownload(
    ModelOffer offer, HubConnection connection, DownloadFolder folder, Func<long> freeSpace, IProgress<PullProgress>? progress,
    TimeProvider time)
{
    /// <summary>The longest time for the download of the publisher's example.</summary>
    private static readonly TimeSpan ExampleLimit = TimeSpan.FromMinutes(1);

    /// <summary>Downloads all files.</summary>
    /// <exception cref="DownloadException">A file cannot be downloaded, is damaged, or the disk has too little space.</exception>
    public async Task<ModelOrigin> WholeAsync(CancellationToken ct)
    {
        RequireSpace(offer.Size - offer.Files.Sum(Here) + (offer.Entry.StoredSize ?? offer.Size));
        using var meter = new TransferMeter(offer.Id, offer.Size, progress, time);
        string? sha256 = null;
        // Small files first: a missing configuration is reported before gigabytes are downloaded.
        foreach (var file in offer.Files.Reverse())
            sha256 = await OneAsync(file, meter, ct);
        return new(offer.Page, offer.Checkpoint.Sha256 is null ? ModelCheck.None : ModelCheck.Publisher, sha256);
    }

    /// <summary>Downloads the small files and the needed parts of the checkpoint.</summary>
    /// <inheritdoc cref="WholeAsync"/>
    public async Task<ModelOrigin> PartsAsync(CancellationToken ct)
    {
        using (var few = new TransferMeter(offer.Id, offer.Size, null, time))
        {
            foreach (var file in offer.Files.Skip(1))
                await OneAsync(file, few, ct);
        }
        await new PartialCheckpoint(connection, offer.Checkpoint, folder).DownloadAsync(
            (bytes, here) =>
            {
                RequireSpace(bytes - here + bytes);
                return new(offer.Id, bytes, progress, time);
            },
            ct);
        return new(offer.Page, ModelCheck.Parts, null);
    }

    /// <summary>Downloads the publisher's example into the folder.</summary>
    /// <returns>Whether the download succeeded; a failure does not stop the model's download.</returns>
    public async Task<bool> ExampleAsync(CancellationToken ct)
    {
        if (offer.Example is not { } example)
            return false;
        using var late = new CancellationTokenSource(ExampleLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            using var meter = new TransferMeter(offer.Id, example.Size, null, time);
            await OneAsync(example, meter, either.Token);
            return true;
        }
        catch (Exception e) when (e is DownloadException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }

    private async Task<string> OneAsync(HubFile file, TransferMeter meter, CancellationToken ct)
    {
        meter.BeginFile();
        if (IsHere(file) && await HashAsync(file, meter, ct) is { } here && folder.Fault(file, here) is null)
        {
            meter.Here(file.Size);
            return here;
        }
        var download = DownloadOf(file);
        await download.WholeAsync(meter, ct);
        download.Finish(folder.FileOf(file));
        var sha256 = await HashAsync(file, meter, ct);
        if (folder.Fault(file, sha256) is not { } fault)
            return sha256;
        File.Delete(folder.FileOf(file));
        throw fault;
    }

    private Task<string> HashAsync(HubFile file, TransferMeter meter, CancellationToken ct)
    {
        meter.Rest();
        // Only the checkpoint takes long enough to report progress.
        var watch = file == offer.Checkpoint ? new CheckWatch(offer, progress) : null;
        return Task.Run(() => Checksum.OfFile(folder.FileOf(file), watch, ct), ct);
    }

    /// <summary>
    /// Returns whether an earlier attempt, interrupted during its import, left a complete file. Without a published hash, a file is
    /// never taken for the offered one.
    /// </summary>
    private bool IsHere(HubFile file) =>
        (file.Sha256 ?? file.GitBlob) is not null
        && new FileInfo(folder.FileOf(file)) is { Exists: true } there && there.Length == file.Size;

    private long Here(HubFile file) => IsHere(file) ? file.Size : DownloadOf(file).Here();

    private FileDownload DownloadOf(HubFile file) => new(connection, file, folder.PartOf(file));

    private void RequireSpace(long needed)
    {
        if (freeSpace() is var free && free < needed)
            throw DownloadErrors.NoSpace(folder.Path, needed, free);
    }

    private sealed class CheckWatch(ModelOffer offer, IProgress<PullProgress>? progress) : IProgress<double>
    {
        public void Report(double value) => progress?.Report(new(offer.Id, PullStage.Checking, value, offer.Size, offer.Size));
    }
}
