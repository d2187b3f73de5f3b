using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Hosting;

/// <summary>
/// The folder for all outputs, with the server's own hidden folder in it (<c>.ser</c>: history, uploads, certificate). One server
/// or batch uses it at a time.
/// </summary>
public sealed partial class ServerFolder : IDisposable
{
    /// <summary>Marks unfinished output folders as the server's: no other server writes them while this one holds the lock.</summary>
    public const string Owner = "server";

    private readonly FileStream _lock;
    private readonly FileStream? _filesLock;
    private readonly bool _isWorker;

    /// <summary>Locks the folder and creates missing folders.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="isWorker">Whether the program only reads the shared folder, so that others may use it at the same time.</param>
    /// <exception cref="SpeechEmotion.Errors.OutputException">A folder cannot be created.</exception>
    /// <exception cref="RequestException"><c>server.output_in_use</c>: another server uses a folder.</exception>
    public ServerFolder(IOptions<ServerOptions> options, bool isWorker = false)
    {
        _isWorker = isWorker;
        Output = Path.GetFullPath(options.Value.Output);
        Shared = Path.Combine(Path.GetFullPath(options.Value.Files ?? options.Value.Output), ".ser");
        try
        {
            Directory.CreateDirectory(Uploads);
            _lock = Lock(Own, "--output");
            if (Shared != Own && !isWorker)
            {
                Directory.CreateDirectory(Shared);
                _filesLock = Lock(Shared, "--files");
            }
            Tidy();
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

    /// <summary>The full path of the folder for all outputs.</summary>
    public string Output { get; }

    /// <summary>The path of the server's own folder.</summary>
    public string Own => Path.Combine(Output, ".ser");

    /// <summary>The folder for recordings that wait for recognition.</summary>
    public string Uploads => Path.Combine(Own, "uploads");

    /// <summary>The folder for recordings from archives, while a batch processes them.</summary>
    public string Unpacked => Path.Combine(Own, "unpacked");

    /// <summary>The path of the folder that the server and its workers share.</summary>
    public string Shared { get; }

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
    public string? PathOf(string? folder) => folder is not null && FolderName().IsMatch(folder) ? Path.Combine(Output, folder) : null;

    /// <summary>
    /// Returns the size in bytes of all output folders, whichever program wrote them, and of the recordings of batches.
    /// </summary>
    internal long MeasureResults()
    {
        try
        {
            return Directory.EnumerateDirectories(Output, "outputs_*")
                .Where(path => FolderName().IsMatch(Path.GetFileName(path)))
                .Sum(OutputSize.Of)
                + (!_isWorker && Directory.Exists(Batches) ? Directory.EnumerateDirectories(Batches).Sum(OutputSize.Of) : 0);
        }
        catch (IOException)
        {
            // The folder was removed meanwhile: the next write to it reports the reason.
            return 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _filesLock?.Dispose();
        _lock.Dispose();
    }

    /// <summary>Removes the unfinished output folders of runs that crashed.</summary>
    private void Tidy()
    {
        try
        {
            OutputFolder.RemoveUnfinished(Output, Owner);
            OutputFolder.RemoveAbandoned(Output);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    [GeneratedRegex(@"^outputs_[0-9]{8}_[0-9]{6}(_[0-9]+)?\z")]
    private static partial Regex FolderName();

    private static FileStream Lock(string folder, string option)
    {
        var path = Path.Combine(folder, "lock");
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure) when (!OutputErrors.IsDiskFull(failure) && File.Exists(path))
        {
            var used = Path.GetDirectoryName(folder);
            throw new RequestException(
                500, "server.output_in_use", $"Another server or batch uses {used}. Stop it, or choose another folder with {option}.",
                $"另一个服务或批次正在使用 {used}。请先停止它，或用 {option} 指定其他目录。", failure);
        }
    }
}
