using Microsoft.Win32.SafeHandles;
using SpeechEmotion.Checkpoints;
using SpeechEmotion.Checkpoints.Emotion2vec;
using SpeechEmotion.Checkpoints.Torch;
using SpeechEmotion.Checkpoints.Zip;
using SpeechEmotion.Downloads.Hubs;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Downloads;

/// <summary>
/// Downloads only the parts of a checkpoint that the model needs: a third of the released checkpoints. On the disk the file has
/// its full length, with holes, so it is read like any other checkpoint.
/// </summary>
/// <param name="connection">The connection to the hub.</param>
/// <param name="file">The checkpoint on the hub.</param>
/// <param name="folder">The model's folder, which already contains the configuration.</param>
internal sealed class PartialCheckpoint(HubConnection connection, HubFile file, DownloadFolder folder)
{
    private readonly string _path = folder.PartOf(file);

    private FileDownload Download => new(connection, file, _path);

    /// <summary>Downloads the index of the tensors, then the needed tensors, and checks the CRC-32 of each.</summary>
    /// <param name="begin">
    /// Receives the number of needed bytes and how many of them are already downloaded, and returns the meter that counts the rest.
    /// </param>
    /// <param name="ct">Stops the download; the downloaded pieces stay.</param>
    /// <exception cref="DownloadException">
    /// <c>download.no_ranges</c>; <c>download.no_parts</c> if the checkpoint is not a zip file; <c>download.wrong_hash</c>; or the
    /// file cannot be downloaded.
    /// </exception>
    /// <exception cref="CheckpointException">The file is not a checkpoint.</exception>
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
            // The downloaded data may be damaged: the next attempt starts from the beginning.
            File.Delete(_path);
            throw;
        }
    }

    private async Task<IReadOnlyList<ZipPart>> FindAsync(TransferMeter meter, CancellationToken ct)
    {
        using var written = File.OpenHandle(_path, share: FileShare.ReadWrite);
        var parts = new TorchZipParts(written, _path);
        if (!parts.IsZip())
            throw DownloadErrors.NoParts("the checkpoint has torch's legacy format", "该检查点是 torch 的旧格式");
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
