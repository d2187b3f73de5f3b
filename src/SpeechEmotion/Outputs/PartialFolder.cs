using System.Globalization;
using System.Security.Cryptography;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Outputs;

/// <summary>
/// A hidden folder in which an output folder comes into being, beside the place where it will stand: until
/// <see cref="Publish"/> nobody sees it, and then everybody sees all of it.
/// </summary>
internal sealed class PartialFolder
{
    private const string Prefix = "outputs_";
    private const string Mark = ".partial-";

    /// <summary>A partial folder in which nothing was written for this long was left by a process that died.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private readonly string _root;

    private PartialFolder(string root, string path)
    {
        _root = root;
        Path = path;
    }

    /// <summary>Where to write.</summary>
    public string Path { get; }

    /// <summary>Makes a new one under <paramref name="root"/>, which is made where it is missing.</summary>
    /// <param name="root">The folder of all outputs.</param>
    /// <param name="owner">The program that will remove it at its next start, should it die; null for none.</param>
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

    /// <summary>Removes what processes that died left under <paramref name="root"/>.</summary>
    /// <exception cref="OutputException">The root cannot be read.</exception>
    public static void RemoveAbandoned(string root, DateTimeOffset now) => Remove(root, Mark, unlessTouchedSince: now - Abandoned);

    /// <summary>Removes what the owner's earlier runs left under <paramref name="root"/>.</summary>
    /// <exception cref="OutputException">The root cannot be read.</exception>
    public static void RemoveOwned(string root, string owner) => Remove(root, MarkOf(owner));

    /// <summary>
    /// Renames it to <c>outputs_YYYYMMDD_HHMMSS</c>, or where that is taken to the same with <c>_2</c>, <c>_3</c>, ...;
    /// what stands there already is left as it is.
    /// </summary>
    /// <returns>The path of the output folder.</returns>
    /// <exception cref="OutputException">It cannot be renamed.</exception>
    public string Publish(DateTimeOffset time)
    {
        var first = System.IO.Path.Combine(_root, Stamped(time));
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

    /// <summary>Removes it with all that is in it; where that fails, <see cref="RemoveAbandoned"/> will later.</summary>
    public void Delete() => Delete(Path);

    private static void Remove(string root, string mark, DateTimeOffset? unlessTouchedSince = null)
    {
        // The hidden ones are just those that are looked for; a link is never followed.
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint };
        try
        {
            foreach (var folder in new DirectoryInfo(root).EnumerateDirectories($".{Prefix}*{mark}*", options))
                Delete(folder.FullName, unlessTouchedSince);
        }
        catch (DirectoryNotFoundException)
        {
            // No root, nothing left in it.
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, root);
        }
    }

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
            // Cleaning up follows a failure, which it must not hide, or meets another process that is at work here too.
        }
        catch (UnauthorizedAccessException)
        {
            // As above: somebody else's folder is left to them.
        }
    }

    private static DateTime LastTouched(string path) =>
        new DirectoryInfo(path).EnumerateFiles().Select(file => file.LastWriteTimeUtc)
            .Append(Directory.GetLastWriteTimeUtc(path)).Max();
}
