using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Server.Storage;

/// <summary>The files that a recognition may have. There are no others, so a name is looked up and never joined to a path.</summary>
public sealed class RecognitionFiles(ServerFolder folders)
{
    private static readonly Dictionary<string, string> Types = new()
    {
        [ResultFiles.ProcessedAudio] = "audio/wav",
        [ResultFiles.Result] = "application/json",
        [ResultFiles.TimelineTable] = TimelineFormat.Csv.MediaType(),
        [ResultFiles.Embedding] = "application/octet-stream",
        [ResultFiles.EmbeddingTimes] = "application/octet-stream",
    };

    /// <summary>Names of the files that are there, in the order in which people look for them.</summary>
    public IEnumerable<string> In(RecognitionDocument record) =>
        new[] { ResultFiles.Result, ResultFiles.ProcessedAudio, ResultFiles.Embedding, ResultFiles.EmbeddingTimes, ResultFiles.TimelineTable }.Where(name => Find(record, name) is not null);

    /// <summary>
    /// Full path of a file; null where the recognition has none of that name. Links are not followed, neither that of a folder nor
    /// that of a file: they may lead anywhere on this machine.
    /// </summary>
    public string? Find(RecognitionDocument record, string name) =>
        Types.ContainsKey(name) && folders.PathOf(record.Folder) is { } folder && !PlainFile.IsLink(folder)
            && Path.Combine(folder, name) is var path && PlainFile.Exists(path)
            ? path
            : null;

    /// <summary>Opens a file, which may be deleted while it is read.</summary>
    /// <exception cref="RequestException"><c>recognition.no_file</c>: it is not there, or no more.</exception>
    public FileStream Open(RecognitionDocument record, string name)
    {
        try
        {
            return new(
                Find(record, name) ?? throw RequestErrors.NoFile(name), FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw RequestErrors.NoFile(name);
        }
    }

    /// <summary>Media type of a file.</summary>
    public static string TypeOf(string name) => Types[name];
}
