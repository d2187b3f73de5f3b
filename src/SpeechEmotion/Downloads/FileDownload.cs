using System.Net;
using Microsoft.Win32.SafeHandles;
using SpeechEmotion.Checkpoints;
using SpeechEmotion.Downloads.Hubs;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Downloads;

/// <summary>
/// Brings a file of a hub to the disk, several pieces at once, each noted in a journal. Whatever breaks off goes on where it was.
/// </summary>
/// <param name="connection">The way to the hub.</param>
/// <param name="file">The hub's file.</param>
/// <param name="path">Where it goes.</param>
internal sealed class FileDownload(HubConnection connection, HubFile file, string path)
{
    private const int AtOnce = 4;
    private const int BlockLength = 1 << 17;

    /// <summary>Stands for a state of which nobody can say whether it is still the same: only this process goes on with it.</summary>
    private static readonly string Unnamed = Guid.NewGuid().ToString("N");

    private string JournalPath => path + ".journal";

    /// <summary>What tells the file from others: pieces of the one do not go into the other.</summary>
    private string Subject => $"{file.Size} {file.Sha256 ?? file.GitBlob ?? $"{file.Address.AbsoluteUri} {file.Version ?? Unnamed}"}";

    /// <summary>Cuts stretches into pieces.</summary>
    public IReadOnlyList<FileExtent> Cut(IEnumerable<FileExtent> stretches)
    {
        long most = connection.Settings.PieceLength;
        return
        [
            .. stretches.SelectMany(stretch => Enumerable.Range(0, (int)((stretch.Length + most - 1) / most)).Select(i =>
                new FileExtent(stretch.Start + (i * most), Math.Min(most, stretch.Length - (i * most))))),
        ];
    }

    /// <summary>Bytes of the file that are here already.</summary>
    public long Here()
    {
        if (!File.Exists(path) || !File.Exists(JournalPath))
            return 0;
        using var journal = DownloadJournal.Open(JournalPath, Subject);
        return journal.Length;
    }

    /// <summary>Bytes of some pieces that are here already.</summary>
    public long Here(IReadOnlyList<FileExtent> pieces)
    {
        using var journal = DownloadJournal.Open(JournalPath, Subject);
        return pieces.Where(journal.Has).Sum(piece => piece.Length);
    }

    /// <summary>Gives the whole file its name.</summary>
    public void Finish(string name)
    {
        File.Move(path, name, overwrite: true);
        File.Delete(JournalPath);
    }

    /// <summary>Brings all of the file.</summary>
    /// <param name="meter">Is told of bytes.</param>
    /// <param name="ct">Stops it; what is here stays.</param>
    /// <exception cref="DownloadException">It cannot be had.</exception>
    public async Task WholeAsync(TransferMeter meter, CancellationToken ct)
    {
        try
        {
            await PartsAsync(Cut([new(0, file.Size)]), meter, ct);
        }
        catch (DownloadException e) when (e.Code == "download.no_ranges" && Here() == 0)
        {
            File.Delete(JournalPath);
            await StreamAsync(meter, ct);
        }
    }

    /// <summary>Brings pieces of the file to their places in it; between them, the file has holes.</summary>
    /// <inheritdoc cref="WholeAsync"/>
    public async Task PartsAsync(IReadOnlyList<FileExtent> pieces, TransferMeter meter, CancellationToken ct)
    {
        if (!File.Exists(path))
            File.Delete(JournalPath);
        using var target = OpenTarget(file.Size);
        using var journal = DownloadJournal.Open(JournalPath, Subject);
        meter.Here(pieces.Where(journal.Has).Sum(piece => piece.Length));
        DownloadException? failure = null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            await Parallel.ForEachAsync(
                pieces.Where(piece => !journal.Has(piece)), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop.Token },
                async (piece, token) =>
                {
                    try
                    {
                        await PieceAsync(target, piece, journal, meter, token);
                        RandomAccess.FlushToDisk(target);
                        journal.Note(piece);
                    }
                    catch (DownloadException e)
                    {
                        // The others end as cancelled; this is why.
                        Interlocked.CompareExchange(ref failure, e, null);
                        await stop.CancelAsync();
                    }
                });
        }
        catch (OperationCanceledException) when (failure is not null)
        {
            throw failure;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DownloadErrors.NotWritten(path, e);
        }
        if (failure is not null)
            throw failure;
    }

    private async Task PieceAsync(SafeFileHandle target, FileExtent piece, DownloadJournal journal, TransferMeter meter, CancellationToken ct)
    {
        var (done, failures) = (0L, 0);
        while (done < piece.Length)
        {
            try
            {
                var rest = new FileExtent(piece.Start + done, piece.Length - done);
                using var response = await connection.OpenAsync(file, rest, ct);
                RequirePart(response, rest, journal);
                RequireVersion(response);
                await using var body = await response.Content.ReadAsStreamAsync(ct);
                // As it comes: what is here when an answer breaks off is not asked for again.
                await CopyAsync(body, target, rest.Start, rest.Length, meter, count => (done, failures) = (rest.Start - piece.Start + count, 0), ct);
                if (done < piece.Length)
                    throw new TransientDownloadException(DownloadErrors.Unreachable(connection.Host, "it broke off."));
            }
            catch (TransientDownloadException failure)
            {
                await connection.PauseAsync(failure, ++failures, ct);
            }
        }
    }

    /// <summary>For servers that give whole files only: from the beginning, and again from there where it breaks off.</summary>
    private async Task StreamAsync(TransferMeter meter, CancellationToken ct)
    {
        using var target = OpenTarget(0);
        for (var failures = 1; ; failures++)
        {
            meter.Restart();
            try
            {
                using var response = await connection.OpenAsync(file, new(0, file.Size), ct);
                if (response.Content.Headers.ContentLength is { } length && length != file.Size)
                    throw DownloadErrors.Changed(connection.Host, file.Name);
                await using var body = await response.Content.ReadAsStreamAsync(ct);
                if (await CopyAsync(body, target, 0, file.Size, meter, _ => { }, ct) == file.Size)
                {
                    RandomAccess.FlushToDisk(target);
                    return;
                }
                throw new TransientDownloadException(DownloadErrors.Unreachable(connection.Host, "it broke off."));
            }
            catch (TransientDownloadException failure)
            {
                await connection.PauseAsync(failure, failures, ct);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw DownloadErrors.NotWritten(path, e);
            }
        }
    }

    /// <returns>Bytes written: fewer than the length where the answer ended early, never more.</returns>
    private async Task<long> CopyAsync(
        Stream body, SafeFileHandle target, long start, long length, TransferMeter meter, Action<long> written, CancellationToken ct)
    {
        var block = new byte[BlockLength];
        var done = 0L;
        while (done < length)
        {
            var read = await connection.ReadAsync(body, block.AsMemory(0, (int)Math.Min(block.Length, length - done)), ct);
            if (read == 0)
                break;
            await RandomAccess.WriteAsync(target, block.AsMemory(0, read), start + done, ct);
            done += read;
            written(done);
            meter.Add(read);
        }
        return done;
    }

    private void RequirePart(HttpResponseMessage response, FileExtent part, DownloadJournal journal)
    {
        if (response.StatusCode == HttpStatusCode.OK)
        {
            if (part.Length != file.Size)
            {
                // Where parts came before, this one answer is odd; another may be as the others.
                var whole = DownloadErrors.NoRanges(response.RequestMessage!.RequestUri!.Authority);
                throw journal.Length > 0 ? new TransientDownloadException(whole) : whole;
            }
            if (response.Content.Headers.ContentLength is { } length && length != file.Size)
                throw DownloadErrors.Changed(connection.Host, file.Name);
            return;
        }
        var range = response.Content.Headers.ContentRange;
        if (range is { HasLength: true } && range.Length != file.Size)
            throw DownloadErrors.Changed(connection.Host, file.Name);
        if (range is not { HasRange: true } || range.From != part.Start)
            throw DownloadErrors.BadAnswer(connection.Host, "it gives another part than was asked for.");
    }

    /// <summary>Where nobody names a hash, a file that changes meanwhile is told by what the server calls its state.</summary>
    private void RequireVersion(HttpResponseMessage response)
    {
        if (file.Version is { } version && HubConnection.VersionOf(response) is { } now && now != version)
            throw DownloadErrors.Changed(connection.Host, file.Name);
    }

    private SafeFileHandle OpenTarget(long length)
    {
        try
        {
            var target = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, FileOptions.Asynchronous);
            if (RandomAccess.GetLength(target) != length)
                RandomAccess.SetLength(target, length);
            return target;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // The last one is .NET's word for a file larger than the file system or the user's limit allows.
            throw DownloadErrors.NotWritten(path, e);
        }
    }
}
