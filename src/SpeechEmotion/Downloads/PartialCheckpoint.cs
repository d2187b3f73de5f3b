using Microsoft.Win32.SafeHandles;
using SpeechEmotion.Checkpoints;
using SpeechEmotion.Checkpoints.Emotion2vec;
using SpeechEmotion.Checkpoints.Torch;
using SpeechEmotion.Checkpoints.Zip;
using SpeechEmotion.Downloads.Hubs;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Downloads;

/// <summary>
/// Downloads of a checkpoint what the model needs: a third of the released ones. The file has its whole length on the disk, with
/// holes, so that it is read as any other.
/// </summary>
/// <param name="connection">The way to the hub.</param>
/// <param name="file">The checkpoint there.</param>
/// <param name="folder">The model's folder, which has its configuration already.</param>
internal sealed class PartialCheckpoint(HubConnection connection, HubFile file, DownloadFolder folder)
{
    private readonly string _path = folder.PartOf(file);

    private FileDownload Download => new(connection, file, _path);

    /// <summary>Brings what tells of the tensors, then those that are needed, and compares each with its CRC-32.</summary>
    /// <param name="begin">Is told how many bytes are needed in all and how many of them are here, and gives what counts them.</param>
    /// <param name="ct">Stops it; what is here stays.</param>
    /// <exception cref="DownloadException">
    /// <c>download.no_ranges</c>, <c>download.no_parts</c>: it is no zip file; <c>download.wrong_hash</c>; or it cannot be had.
    /// </exception>
    /// <exception cref="CheckpointException">It is no checkpoint.</exception>
    public async Task DownloadAsync(Func<long, long, TransferMeter> begin, CancellationToken ct)
    {
        try
        {
            using var few = new TransferMeter("", 0, null, TimeProvider.System);
            await BringAsync([new(0, Math.Min(file.Size, TorchZipParts.HeadLength)), TorchZipParts.End(file.Size)], few, ct);
            var storages = await FindAsync(few, ct);
            var pieces = Download.Cut(Joined(storages.Select(part => part.Extent)));
            using (var meter = begin(pieces.Sum(piece => piece.Length), Download.Here(pieces)))
                await Download.PartsAsync(pieces, meter, ct);
            await Task.Run(() => Check(storages), ct);
            Download.Finish(folder.FileOf(file));
        }
        catch (CheckpointException)
        {
            // What came may be damaged: the next attempt begins anew.
            File.Delete(_path);
            throw;
        }
    }

    private async Task<IReadOnlyList<ZipPart>> FindAsync(TransferMeter meter, CancellationToken ct)
    {
        using var written = File.OpenHandle(_path, share: FileShare.ReadWrite);
        var parts = new TorchZipParts(written, _path);
        if (!parts.IsZip())
            throw DownloadErrors.NoParts("the checkpoint is of torch's old form", "该检查点是 torch 的旧格式");
        await BringAsync([parts.Directory()], meter, ct);
        var pickle = parts.Pickle();
        await BringAsync(pickle.Select(part => part.Extent), meter, ct);
        Check(pickle, written);
        return parts.Storages(FunAsrFolder.Open(folder.Path, _path));
    }

    private Task BringAsync(IEnumerable<FileExtent> stretches, TransferMeter meter, CancellationToken ct) =>
        Download.PartsAsync(Download.Cut(stretches), meter, ct);

    private void Check(IReadOnlyList<ZipPart> parts)
    {
        using var written = File.OpenHandle(_path);
        Check(parts, written);
    }

    private void Check(IReadOnlyList<ZipPart> parts, SafeFileHandle written)
    {
        if (parts.FirstOrDefault(part => !part.IsWhole(written, _path)) is not { } damaged)
            return;
        File.Delete(_path);
        throw DownloadErrors.WrongParts(file.Name, damaged.Entry.Name);
    }

    private static IEnumerable<FileExtent> Joined(IEnumerable<FileExtent> stretches)
    {
        FileExtent? open = null;
        foreach (var stretch in stretches.OrderBy(stretch => stretch.Start))
        {
            if (open is { } before && before.Start + before.Length == stretch.Start)
            {
                open = new(before.Start, before.Length + stretch.Length);
                continue;
            }
            if (open is { } done)
                yield return done;
            open = stretch;
        }
        if (open is { } last)
            yield return last;
    }
}
