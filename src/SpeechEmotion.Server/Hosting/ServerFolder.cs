using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Hosting;

/// <summary>
/// The folder of all outputs, and in it the server's own, hidden one (<c>.ser</c>: history, uploads, certificate). One
/// server has it at a time.
/// </summary>
public sealed partial class ServerFolder : IDisposable
{
    /// <summary>Marks unfinished output folders as the server's: the holder of the lock knows that no other server writes them.</summary>
    public const string Owner = "server";

    private readonly FileStream _lock;

    /// <summary>Makes the folders where they are missing.</summary>
    /// <exception cref="SpeechEmotion.Errors.OutputException">They cannot be made.</exception>
    /// <exception cref="RequestException"><c>server.output_in_use</c>: another server has the folder.</exception>
    public ServerFolder(IOptions<ServerOptions> options)
    {
        Output = Path.GetFullPath(options.Value.Output);
        try
        {
            Directory.CreateDirectory(Uploads);
            _lock = Lock();
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

    /// <summary>Full path of the folder of all outputs.</summary>
    public string Output { get; }

    /// <summary>The server's own folder.</summary>
    public string Own => Path.Combine(Output, ".ser");

    /// <summary>Recordings that wait to be recognised.</summary>
    public string Uploads => Path.Combine(Own, "uploads");

    /// <summary>The history's database.</summary>
    public string Database => Path.Combine(Own, "history.db");

    /// <summary>The log.</summary>
    public string LogFile => Path.Combine(Output, "ser.log");

    /// <summary>
    /// Full path of a recognition's folder; null where the name is none that the product gives, so that nothing that stands
    /// in the database leads out of the folder of all outputs.
    /// </summary>
    public string? PathOf(string? folder) => folder is not null && FolderName().IsMatch(folder) ? Path.Combine(Output, folder) : null;

    /// <summary>Adds up the bytes of all output folders, of any program.</summary>
    internal long MeasureResults()
    {
        try
        {
            return Directory.EnumerateDirectories(Output, "outputs_*").Where(path => FolderName().IsMatch(Path.GetFileName(path))).Sum(OutputSize.Of);
        }
        catch (IOException)
        {
            // Removed while it is read: the next write to it fails with that reason.
            return 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    /// <summary>Removes the unfinished output folders of runs that died.</summary>
    private void Tidy()
    {
        try
        {
            OutputFolder.RemoveUnfinished(Output, Owner);
            OutputFolder.RemoveAbandoned(Output);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    [GeneratedRegex(@"^outputs_[0-9]{8}_[0-9]{6}(_[0-9]+)?\z")]
    private static partial Regex FolderName();

    private FileStream Lock()
    {
        try
        {
            return new(Path.Combine(Own, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure) when (!OutputErrors.IsDiskFull(failure) && File.Exists(Path.Combine(Own, "lock")))
        {
            throw new RequestException(
                500, "server.output_in_use", $"Another server uses {Output}. Stop it, or choose another folder with --output.",
                $"另一个服务正在使用 {Output}。请先停止它，或用 --output 指定其他目录。", failure);
        }
    }
}
