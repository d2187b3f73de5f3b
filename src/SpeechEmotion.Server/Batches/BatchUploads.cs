using SpeechEmotion.Audio.Files;
using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Sources;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Batches;

/// <summary>The files that a client sends for a batch, after they were moved to its folder.</summary>
internal sealed class BatchUploads
{
    /// <summary>The part of a form that is a list of recordings.</summary>
    public const string Manifest = "manifest";

    /// <summary>The part of a form that adds metadata to the recordings of other parts.</summary>
    public const string Metadata = "metadata";

    /// <summary>The extensions of lists; the extension decides how a list is read.</summary>
    private static readonly string[] ListExtensions = [".csv", ".tsv", ".jsonl", ".ndjson", ".scp"];

    private readonly List<SourceItem> _recordings = [];
    private readonly List<NewSource> _sources = [];

    /// <summary>The recordings, each with its name and the path of its file.</summary>
    public IReadOnlyList<SourceItem> Recordings => _recordings;

    /// <summary>The archives and lists.</summary>
    public IReadOnlyList<NewSource> Sources => _sources;

    /// <summary>The path of the file with metadata; null if there is none.</summary>
    public string? MetadataFile { get; private set; }

    /// <summary>The paths of all files.</summary>
    public IReadOnlyCollection<string> Files =>
    [
        .. Recordings.Select(recording => recording.Location), .. Sources.Select(source => source.Location),
        .. MetadataFile is null ? Array.Empty<string>() : [MetadataFile],
    ];

    /// <summary>Moves files to the folder of their batch.</summary>
    /// <param name="files">The files with the names of their parts.</param>
    /// <param name="folder">Full path of the folder.</param>
    /// <param name="ct">Cancels the move; files that were moved stay in the folder.</param>
    /// <exception cref="RequestException"><c>batch.list_format</c>, or two tables of metadata.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder was deleted with its batch.</exception>
    public static BatchUploads Move(
        IReadOnlyList<(string Part, UploadedRecording File)> files, string folder, CancellationToken ct)
    {
        var moved = new BatchUploads();
        foreach (var (part, file) in files)
            moved.Add(part, file, folder, ct);
        return moved;
    }

    /// <summary>Whether a part of a form is a file of a batch.</summary>
    public static bool Accepts(string part) => part is Manifest or Metadata || UploadForm.IsRecording(part);

    private void Add(string part, UploadedRecording file, string folder, CancellationToken ct)
    {
        var (name, isList) = (file.SentPath ?? file.Name, part is Manifest or Metadata);
        var path = Path.Combine(folder, Path.GetFileName(file.Path) + (isList ? ExtensionOf(name) : ""));
        var modified = new DateTimeOffset(File.GetLastWriteTimeUtc(file.Path)).ToUnixTimeMilliseconds();
        try
        {
            File.Move(file.Path, path);
        }
        catch (IOException failure) when (failure is not DirectoryNotFoundException)
        {
            // The folder may be on another disk, which is full.
            throw OutputErrors.Of(failure, Path.GetFileName(folder));
        }
        file.Space?.Keep(file.Size);
        if (part == Metadata)
            MetadataFile = MetadataFile is null ? path : throw RequestErrors.Invalid("Send one metadata file.", "metadata 只能有一个文件。");
        else if (isList || SourceFile.KindOf(path) != SourceKind.Recording)
            _sources.Add(new(name, path, SourceDigest.Of(path, ct).Sha256));
        else
            _recordings.Add(new(name, path) { Size = file.Size, Modified = modified });
    }

    private static string ExtensionOf(string name) =>
        Path.GetExtension(name).ToLowerInvariant() is var extension && ListExtensions.Contains(extension)
            ? extension
            : throw BatchRequestErrors.ListFormat(name, ListExtensions);
}
