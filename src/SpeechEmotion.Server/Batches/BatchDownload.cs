using System.IO.Compression;
using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Exports;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Batches;

/// <summary>Writes all files of an export as one archive.</summary>
internal sealed class BatchDownload(BatchExport export, BatchFolders folders, DiskBudget disk)
{
    private const int BlockBytes = 1 << 16;

    /// <summary>
    /// Creates an archive of what <c>ser batch</c> writes into its folder. It is complete before the first byte is sent: an error is a
    /// proper answer, and the receiver knows the length.
    /// </summary>
    /// <param name="batch">Identifier of the batch.</param>
    /// <param name="options">How to write.</param>
    /// <param name="ct">Cancels the export.</param>
    /// <returns>The archive; its file is deleted when the stream is closed.</returns>
    /// <exception cref="Http.RequestException"><c>batch.not_found</c>, <c>batch.damaged</c>, or an error of the history.</exception>
    /// <exception cref="Errors.OutputException">The disk is full or unavailable.</exception>
    public async Task<Stream> CreateAsync(int batch, ExportOptions options, CancellationToken ct)
    {
        var folder = folders.Create();
        try
        {
            var files = Path.Combine(folders.PathOf(folder), "files");
            var archive = Path.Combine(folders.PathOf(folder), "export.zip");
            await export.WriteAllAsync(batch, files, options, ct);
            using var space = disk.TakeResult(OutputSize.Of(files));
            await ZipAsync(files, archive, ct);
            // On Linux and macOS the open file outlives its folder; elsewhere the folder goes at the next start.
            const FileOptions WhileOpen = FileOptions.DeleteOnClose | FileOptions.Asynchronous;
            return new FileStream(archive, FileMode.Open, FileAccess.Read, FileShare.Delete, BlockBytes, WhileOpen);
        }
        finally
        {
            folders.DeleteCopies(folder, counted: false);
        }
    }

    private static async Task ZipAsync(string files, string archive, CancellationToken ct)
    {
        try
        {
            await ZipFile.CreateFromDirectoryAsync(files, archive, CompressionLevel.Fastest, includeBaseDirectory: false, ct);
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, Path.GetFileName(archive));
        }
    }
}
