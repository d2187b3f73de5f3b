using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Server.Storage;

/// <summary>The files that a recognition may have. The set is fixed: a name outside it never becomes part of a path.</summary>
public sealed class RecognitionFiles(ServerFolder folders, IFileStore store)
{
    private static readonly Dictionary<string, string> Types = new()
    {
        [ResultFiles.ProcessedAudio] = "audio/wav",
        [ResultFiles.Result] = "application/json",
        [ResultFiles.TimelineTable] = TimelineFormat.Csv.MediaType(),
        [ResultFiles.Embedding] = "application/octet-stream",
        [ResultFiles.EmbeddingTimes] = "application/octet-stream",
    };

    private static readonly string[] Names =
        [ResultFiles.Result, ResultFiles.ProcessedAudio, ResultFiles.Embedding, ResultFiles.EmbeddingTimes, ResultFiles.TimelineTable];

    /// <summary>Returns the existing files, the most useful first.</summary>
    public async Task<IReadOnlyList<StoredFile>> ListAsync(RecognitionDocument document, CancellationToken ct)
    {
        if (folders.PathOf(document.Folder) is not { } folder || PlainFile.IsLink(folder))
            return [];
        var found = await store.ListAsync(folder, ct);
        return
        [
            .. from name in Names
               join file in found on name equals file.Name
               where !file.IsFolder && (store.IsElsewhere || PlainFile.Exists(Path.Combine(folder, name)))
               select file,
        ];
    }

    /// <summary>
    /// Returns the full path of a file, or null if the recognition has no file with that name. Links to folders or files are not
    /// followed, because they may point anywhere on this machine.
    /// </summary>
    public async Task<string?> FindAsync(RecognitionDocument document, string name, CancellationToken ct) =>
        Types.ContainsKey(name) && folders.PathOf(document.Folder) is { } folder && !PlainFile.IsLink(folder)
            && Path.Combine(folder, name) is var path && await store.BringAsync(path, ct) && PlainFile.Exists(path)
            ? path
            : null;

    /// <summary>Opens a file. Another caller may delete it while it is read.</summary>
    /// <exception cref="RequestException"><c>recognition.no_file</c>: the file does not exist, or no longer exists.</exception>
    public async Task<FileStream> OpenAsync(RecognitionDocument document, string name, CancellationToken ct)
    {
        try
        {
            return new(
                await FindAsync(document, name, ct) ?? throw RequestErrors.NoFile(name), FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw RequestErrors.NoFile(name);
        }
    }

    /// <summary>Returns the media type of a file.</summary>
    public static string TypeOf(string name) => Types[name];
}
