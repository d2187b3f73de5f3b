using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Hosting;

/// <summary>
/// The folder for all outputs, with the program's own hidden folder in it (<c>.ser</c>: history, uploads, certificate). One program
/// uses it at a time. With a shared database, the results and the recordings that wait are in a folder that all programs share. If they
/// are in a bucket, the program has copies in its own folder, with the same names.
/// </summary>
public sealed partial class ServerFolder : IDisposable
{
    /// <summary>A file of another program that is so old, and that the database does not name, belongs to one that crashed.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private readonly FileStream _lock;
    private readonly bool _isShared;

    /// <summary>Locks the folder and creates missing folders.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="isWorker">Whether the program is a worker, whose output folder is temporary.</param>
    /// <exception cref="SpeechEmotion.Errors.OutputException">A folder cannot be created.</exception>
    /// <exception cref="RequestException">
    /// <c>server.output_in_use</c>: another server uses the folder. <c>server.files_not_moved</c>: its files belong into another one.
    /// </exception>
    public ServerFolder(IOptions<ServerOptions> options, bool isWorker = false)
    {
        (IsWorker, _isShared) = (isWorker, options.Value.Database is not null);
        Output = Path.GetFullPath(options.Value.Output);
        Bucket = options.Value.Files is { } files && BucketAddress.TryParse(files, out var bucket) ? bucket : null;
        Results = Bucket is null ? Path.GetFullPath(options.Value.Files ?? options.Value.Output) : Path.Combine(Own, "copies");
        try
        {
            Directory.CreateDirectory(Own);
            RequireNoOtherFiles();
            _lock = Lock();
            try
            {
                if (Bucket is not null)
                    DeleteCopies();
                Directory.CreateDirectory(Uploads);
                Program = ReadName();
                // What runs that crashed left unfinished: at once that of this program.
                OutputFolder.RemoveUnfinished(Results, Program);
                OutputFolder.RemoveAbandoned(Results);
            }
            catch
            {
                Dispose();
                throw;
            }
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, Output);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw OutputErrors.Of(failure, Output);
        }
    }

    /// <summary>Whether the program is a worker.</summary>
    public bool IsWorker { get; }

    /// <summary>The full path of the program's output folder.</summary>
    public string Output { get; }

    /// <summary>
    /// The full path of the folder for all results; other programs may write there at the same time. With a bucket, that of the copies.
    /// </summary>
    public string Results { get; }

    /// <summary>The bucket that has the results and recordings; null if <see cref="Results"/> has them.</summary>
    internal BucketAddress? Bucket { get; }

    /// <summary>Where the results are, for clients: the last name of their folder, or of the bucket with its prefix.</summary>
    public string ResultsName => Path.GetFileName(Bucket?.Name ?? Results);

    /// <summary>Where the results are, for the operator: the path of their folder, or the address of the bucket.</summary>
    internal string ResultsPlace => Bucket?.Name ?? Results;

    /// <summary>Where servers and workers share recordings, for the operator.</summary>
    internal string SharedPlace => Bucket is null ? Shared : $"{Bucket.Name}/.ser";

    /// <summary>
    /// The name of the program among those that share a database: 32 hexadecimal digits. It is kept in the output folder, as long as that
    /// has its place: a copy of the folder has another name.
    /// </summary>
    public string Program { get; }

    /// <summary>The path of the program's own folder.</summary>
    public string Own => Path.Combine(Output, ".ser");

    /// <summary>The folder for recordings that wait for recognition.</summary>
    public string Accepted => Path.Combine(Shared, "uploads");

    /// <summary>The folder for recordings that this program receives.</summary>
    public string Uploads => IsWorker ? Path.Combine(Own, "uploads") : Accepted;

    /// <summary>The folder for recordings from archives, while a batch processes them.</summary>
    public string Unpacked => Path.Combine(Own, "unpacked");

    /// <summary>The path of the folder that servers and workers share.</summary>
    public string Shared => Path.Combine(Results, ".ser");

    /// <summary>The folder for recordings that belong to batches, a subfolder for each batch.</summary>
    public string Batches => Path.Combine(Shared, "batches");

    /// <summary>The path of the history database.</summary>
    public string Database => Path.Combine(Own, "history.db");

    /// <summary>The path of the log file.</summary>
    public string LogFile => Path.Combine(Output, "ser.log");

    /// <summary>
    /// Returns the full path of a recognition's folder; null if the product never gives such a name, so that no value in the
    /// database leads out of the folder for all outputs.
    /// </summary>
    public string? PathOf(string? folder) => folder is not null && FolderName().IsMatch(folder) ? Path.Combine(Results, folder) : null;

    /// <summary>
    /// Returns the size in bytes of all output folders, whichever program wrote them, and of the recordings of batches.
    /// </summary>
    internal long MeasureResults()
    {
        // The folder of a worker is that of the servers, which measure it. Copies can be deleted at any time.
        if (IsWorker || Bucket is not null)
            return 0;
        try
        {
            return Directory.EnumerateDirectories(Results, "outputs_*")
                .Where(path => FolderName().IsMatch(Path.GetFileName(path)))
                .Sum(OutputSize.Of)
                + (Directory.Exists(Batches) ? Directory.EnumerateDirectories(Batches).Sum(OutputSize.Of) : 0);
        }
        catch (IOException)
        {
            // The folder was removed meanwhile: the next write to it reports the reason.
            return 0;
        }
    }

    /// <summary>Returns a new name for a file or folder in a place that programs share.</summary>
    internal string NewName() => $"{Program}-{Guid.CreateVersion7():N}";

    /// <summary>Whether no running program can be using a file or folder that the database does not name.</summary>
    /// <param name="name">Its name, from <see cref="NewName"/> or of another version.</param>
    /// <param name="modified">The time of its last change; null if unknown.</param>
    internal bool IsLeft(string name, DateTimeOffset? modified) => !_isShared || name.StartsWith(Program, StringComparison.Ordinal)
        || ((CreationOf(name) ?? modified) is { } time && TimeProvider.System.GetUtcNow() - time > Abandoned);

    /// <summary>Throws if results cannot be written.</summary>
    /// <exception cref="SpeechEmotion.Errors.OutputException">The folder is full or read-only.</exception>
    internal void RequireWritable()
    {
        var probe = Path.Combine(Accepted, $"{Program}.probe");
        try
        {
            File.WriteAllText(probe, Program);
            File.Delete(probe);
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, Results);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw OutputErrors.Of(failure, Results);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    /// <summary>Requires that no results or recordings are in the output folder, if they belong elsewhere.</summary>
    private void RequireNoOtherFiles()
    {
        if (Results == Output)
            return;
        var results = Directory.EnumerateDirectories(Output, "outputs_*").Where(path => FolderName().IsMatch(Path.GetFileName(path)));
        if (!results.Concat(OwnFiles("uploads")).Concat(OwnFiles("batches")).Any())
            return;
        throw new RequestException(
            500, "server.files_not_moved",
            $"{Output} has results or recordings, but --files names {ResultsPlace}. Move outputs_* and .ser/batches, "
                + ".ser/uploads and .ser/installation there, or choose another folder with --output.",
            $"{Output} 中有结果或录音，而 --files 指定了 {ResultsPlace}。请将 outputs_* 以及 .ser/batches、.ser/uploads、"
                + ".ser/installation 移至该处，或用 --output 指定其他目录。");

        IEnumerable<string> OwnFiles(string name) =>
            Directory.Exists(Path.Combine(Own, name)) ? Directory.EnumerateFileSystemEntries(Path.Combine(Own, name)) : [];
    }

    [GeneratedRegex(@"^outputs_[0-9]{8}_[0-9]{6}(_[0-9]+)?\z")]
    private static partial Regex FolderName();

    /// <summary>The first 48 bits of a version 7 identifier are its time in milliseconds since 1970 (RFC 9562, section 5.7).</summary>
    private static DateTimeOffset? CreationOf(string name) =>
        CreatedName().Match(name) is { Success: true } match
            ? DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(match.Groups[1].Value, 16))
            : null;

    [GeneratedRegex("^[0-9a-f]{32}-([0-9a-f]{12})[0-9a-f]{20}")]
    private static partial Regex CreatedName();

    /// <summary>Empties the folder of the copies, which may be a link to another disk.</summary>
    private void DeleteCopies()
    {
        var copies = Directory.CreateDirectory(Results);
        foreach (var folder in copies.EnumerateDirectories())
            folder.Delete(recursive: true);
    }

    private string ReadName()
    {
        var (path, place) = (Path.Combine(Own, "program"), $"{Environment.MachineName}:{Own}");
        if (File.Exists(path) && File.ReadAllLines(path) is [var line, var there] && there == place
            && Guid.TryParseExact(line, "N", out var known))
        {
            return known.ToString("N");
        }
        var (name, part) = (Guid.NewGuid().ToString("N"), path + ".part");
        File.WriteAllLines(part, [name, place]);
        File.Move(part, path, overwrite: true);
        return name;
    }

    private FileStream Lock()
    {
        var path = Path.Combine(Own, "lock");
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure) when (!OutputErrors.IsDiskFull(failure) && File.Exists(path))
        {
            throw new RequestException(
                500, "server.output_in_use", $"Another server or batch uses {Output}. Stop it, or choose another folder with --output.",
                $"另一个服务或批次正在使用 {Output}。请先停止它，或用 --output 指定其他目录。", failure);
        }
    }
}
