using System.Net;
using Microsoft.Win32.SafeHandles;
using SpeechEmotion.Checkpoints;
using SpeechEmotion.Downloads.Hubs;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Downloads;

/// <summary>
/// Downloads a file of a hub to the disk, several pieces in parallel, and records each piece in a journal. An interrupted download
/// resumes where it stopped.
/// </summary>
/// <param name="connection">The connection to the hub.</param>
/// <param name="file">The hub's file.</param>
/// <param name="path">The path that the file is downloaded to.</param>
internal sealed class FileDownload(HubConnection connection, HubFile file, string path)
{
    private const int AtOnce = 4;
    private const int BlockLength = 1 << 17;

    /// <summary>Stands for an unknown version of a file: only this process can resume such a download.</summary>
    private static readonly string Unnamed = Guid.NewGuid().ToString("N");

    private string JournalPath => path + ".journal";

    /// <summary>The identity of the file's contents, so that pieces of two different files are never mixed.</summary>
    private string Subject => $"{file.Size} {file.Sha256 ?? file.GitBlob ?? $"{file.Address.AbsoluteUri} {file.Version ?? Unnamed}"}";

    /// <summary>Cuts extents of the file into pieces.</summary>
    public IReadOnlyList<FileExtent> Cut(IEnumerable<FileExtent> stretches)
    {
        long most = connection.Settings.PieceLength;
        return
        [
            .. stretches.SelectMany(stretch => Enumerable.Range(0, (int)((stretch.Length + most - 1) / most)).Select(i =>
                new FileExtent(stretch.Start + (i * most), Math.Min(most, stretch.Length - (i * most))))),
        ];
    }

    /// <summary>Returns how many bytes of the file are already downloaded.</summary>
    public long Here()
    {
        if (!File.Exists(path) || !File.Exists(JournalPath))
            return 0;
        using var journal = DownloadJournal.Open(JournalPath, Subject);
        return journal.Length;
    }

    /// <summary>Returns how many bytes of the given pieces are already downloaded.</summary>
    public long Here(IReadOnlyList<FileExtent> pieces)
    {
        using var journal = DownloadJournal.Open(JournalPath, Subject);
        return pieces.Where(journal.Has).Sum(piece => piece.Length);
    }

    /// <summary>Moves the complete file to its final name.</summary>
    public void Finish(string name)
    {
        File.Move(path, name, overwrite: true);
        File.Delete(JournalPath);
    }

    /// <summary>Downloads the whole file.</summary>
    /// <param name="meter">Counts the bytes.</param>
    /// <param name="ct">Stops the download; the downloaded pieces stay.</param>
    /// <exception cref="DownloadException">The file cannot be downloaded.</exception>
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

    /// <summary>Downloads pieces of the file to their offsets; between them, the file has holes.</summary>
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
                pieces.Where(piece => !journal.Has(piece)),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop.Token },
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
                        // Keep the first failure: it cancels the other pieces.
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

    private async Task PieceAsync(
        SafeFileHandle target, FileExtent piece, DownloadJournal journal, TransferMeter meter, CancellationToken ct)
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
                // Counted block by block: if a response breaks off, the bytes already written are not requested again.
                await CopyAsync(
                    body, target, rest.Start, rest.Length, meter, count => (done, failures) = (rest.Start - piece.Start + count, 0), ct);
                if (done < piece.Length)
                    throw new TransientDownloadException(DownloadErrors.Unreachable(connection.Host, "the response broke off."));
            }
            catch (TransientDownloadException failure)
            {
                await connection.PauseAsync(failure, ++failures, ct);
            }
        }
    }

    /// <summary>
    /// Downloads from a server that serves whole files only: from the beginning, and from the beginning again after a failure.
    /// </summary>
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
                throw new TransientDownloadException(DownloadErrors.Unreachable(connection.Host, "the response broke off."));
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

    /// <returns>The bytes written: fewer than the length if the response ended early, never more.</returns>
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
                // If earlier requests returned parts, this response is an exception, and a retry may return a part again.
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
            throw DownloadErrors.BadAnswer(connection.Host, "it returned another part of the file than the requested one.");
    }

    /// <summary>Detects by the server's version (ETag or time) that a file without a published hash changed during the download.</summary>
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
            // .NET throws ArgumentOutOfRangeException for a file larger than the file system or the user's limit allows.
            throw DownloadErrors.NotWritten(path, e);
        }
    }
}
