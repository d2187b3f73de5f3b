using System.Globalization;
using System.Security.Cryptography;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Outputs;

/// <summary>
/// A hidden folder in which an output folder is written, in the same root as its final name: it becomes visible only with
/// <see cref="Publish"/>, and then with all its files.
/// </summary>
internal sealed class PartialFolder
{
    private const string Prefix = "outputs_";
    private const string Mark = ".partial-";

    /// <summary>A partial folder without a write for this long belongs to a process that crashed.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private readonly string _root;

    private PartialFolder(string root, string path)
    {
        _root = root;
        Path = path;
    }

    /// <summary>The path of the hidden folder.</summary>
    public string Path { get; }

    /// <summary>Creates a partial folder under <paramref name="root"/>, which is created if missing.</summary>
    /// <param name="root">The folder of all outputs.</param>
    /// <param name="owner">The program that removes the folder at its next start after a crash; null for none.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="OutputException">The root is not a folder, or may not be written to.</exception>
    public static PartialFolder Create(string root, string? owner, TimeProvider time)
    {
        var mark = owner is null ? Mark : MarkOf(owner);
        var name = $".{Stamped(time.GetLocalNow())}{mark}{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        var path = System.IO.Path.Combine(root, name);
        try
        {
            Directory.CreateDirectory(root);
            Directory.CreateDirectory(path);
            return new(root, path);
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, root);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw OutputErrors.Of(failure, root);
        }
    }

    /// <summary>Removes the folders that crashed processes left under <paramref name="root"/>.</summary>
    /// <exception cref="OutputException">The root cannot be read.</exception>
    public static void RemoveAbandoned(string root, DateTimeOffset now) => Remove(root, Mark, unlessTouchedSince: now - Abandoned);

    /// <summary>Removes the folders that the owner's earlier runs left under <paramref name="root"/>.</summary>
    /// <exception cref="OutputException">The root cannot be read.</exception>
    public static void RemoveOwned(string root, string owner) => Remove(root, MarkOf(owner));

    /// <summary>
    /// Renames the folder to <c>outputs_YYYYMMDD_HHMMSS</c>, or if that name is taken, appends <c>_2</c>, <c>_3</c>, ...; never
    /// changes an existing folder.
    /// </summary>
    /// <param name="time">The time that names the folder.</param>
    /// <param name="isUnique">Whether random digits follow the time, so that no other machine gives the same name.</param>
    /// <returns>The path of the output folder.</returns>
    /// <exception cref="OutputException">The folder cannot be renamed.</exception>
    public string Publish(DateTimeOffset time, bool isUnique = false)
    {
        var first = System.IO.Path.Combine(_root, Stamped(time) + (isUnique ? "_" + RandomDigits() : ""));
        try
        {
            for (var number = 1; ; number++)
            {
                var path = number == 1 ? first : string.Create(CultureInfo.InvariantCulture, $"{first}_{number}");
                if (ExclusiveRename.TryMove(Path, path))
                    return path;
            }
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, first);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw OutputErrors.Of(failure, first);
        }
    }

    /// <summary>Removes the folder with its contents; if that fails, <see cref="RemoveAbandoned"/> removes it later.</summary>
    public void Delete() => Delete(Path);

    private static void Remove(string root, string mark, DateTimeOffset? unlessTouchedSince = null)
    {
        // Do not skip hidden folders: those are the ones to remove. Never follow a link.
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint };
        try
        {
            foreach (var folder in new DirectoryInfo(root).EnumerateDirectories($".{Prefix}*{mark}*", options))
                Delete(folder.FullName, unlessTouchedSince);
        }
        catch (DirectoryNotFoundException)
        {
            // Without a root, there is nothing to remove.
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, root);
        }
    }

    private static string RandomDigits() => RandomNumberGenerator.GetString("0123456789", 18);

    private static string MarkOf(string owner) => $"{Mark}{owner}-";

    private static string Stamped(DateTimeOffset time) =>
        Prefix + time.ToString("yyyyMMdd_HHmmss", CultureInfo.InvariantCulture);

    private static void Delete(string path, DateTimeOffset? unlessTouchedSince = null)
    {
        try
        {
            if (unlessTouchedSince is not { } limit || LastTouched(path) < limit)
                Directory.Delete(path, recursive: true);
        }
        catch (IOException)
        {
            // A failed cleanup must not hide the failure that led to it; or another process is working here too.
        }
        catch (UnauthorizedAccessException)
        {
            // As above; the folder belongs to another user.
        }
    }

    private static DateTime LastTouched(string path) =>
        new DirectoryInfo(path).EnumerateFiles().Select(file => file.LastWriteTimeUtc)
            .Append(Directory.GetLastWriteTimeUtc(path)).Max();
}
