using System.Text.RegularExpressions;
using SpeechEmotion.Checkpoints.Emotion2vec;
using SpeechEmotion.Errors;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Models;

/// <summary>
/// The folder of imported models, one for each checkpoint that was ever imported:
/// <c>models/&lt;id&gt;/&lt;hash&gt;-&lt;form&gt;/</c>. A model appears in it atomically.
/// </summary>
/// <param name="root">The folder above <c>models</c>.</param>
public sealed partial class ModelStore(string root)
{
    /// <summary>An age far beyond the duration of any import.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private readonly string _models = Path.Combine(Path.GetFullPath(root), "models");

    private readonly string _downloads = Path.Combine(Path.GetFullPath(root), "downloads");

    private readonly string _root = Path.GetFullPath(root);

    /// <summary>The store of the current user: <c>SER_HOME</c>, otherwise <c>~/.cache/speech-emotion</c>.</summary>
    public static ModelStore Default => new(Environment.GetEnvironmentVariable("SER_HOME") is { Length: > 0 } home
        ? home
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "speech-emotion"));

    /// <summary>
    /// The free bytes on the disk of the store, or of the closest existing folder above it; <see cref="long.MaxValue"/> if the system
    /// does not report them, as for some network shares.
    /// </summary>
    public long FreeSpace => DiskSpace.FreeAt(_root);

    /// <summary>Lists all readable models in the store by name, the latest import of each first.</summary>
    public IReadOnlyList<ModelFolder> List() => Directory.Exists(_models)
        ? [.. Directory.EnumerateDirectories(_models).Order(StringComparer.Ordinal)
            .SelectMany(NewestFirst).Select(ModelFolder.TryRead).OfType<ModelFolder>()]
        : [];

    /// <summary>Finds a model by name, the latest import if there are several; null if there is none.</summary>
    public ModelFolder? Find(string id) => Versions(id).FirstOrDefault();

    /// <summary>Imports a FunASR model folder, or returns the existing import.</summary>
    /// <param name="directory">The folder with <c>model.pt</c>, <c>config.yaml</c> and <c>tokens.txt</c>.</param>
    /// <param name="id">The name of the model; the folder's own name if null.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="ct">Cancels the import, which then leaves no files.</param>
    /// <exception cref="CheckpointException">The folder or the checkpoint is invalid.</exception>
    /// <exception cref="ModelException">The store cannot be written.</exception>
    public ModelFolder Import(
        string directory, string? id = null, IProgress<ImportProgress>? progress = null, CancellationToken ct = default)
    {
        directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        id = CleanId(id ?? Path.GetFileName(directory));
        if (Versions(id).FirstOrDefault(version => version.Manifest.Source?.Directory == directory)
            is { Manifest.Source.IsCurrent: true } known)
            return known;
        return Import(directory, id, null, progress, ct);
    }

    /// <summary>Imports a download.</summary>
    /// <param name="directory">The folder with <c>model.pt</c>, <c>config.yaml</c> and <c>tokens.txt</c>.</param>
    /// <param name="id">The name of the model.</param>
    /// <param name="origin">The origin of the download; null for a folder of the user.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="ct">Cancels the import, which then leaves no files.</param>
    internal ModelFolder Import(string directory, string id, ModelOrigin? origin, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        try
        {
            return Import(FunAsrFolder.Open(directory), CleanId(id), origin, progress, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(
                "model.store_not_writable",
                $"The model {id} could not be imported from {directory} into {_models}: {Sentence.End(e.Message)} " +
                "Check that the folder can be read and that the store has free space; SER_HOME sets another store.",
                $"无法将模型 {id} 从 {directory} 导入 {_models}：{Sentence.End(e.Message)} 请确认该文件夹可读、模型库有剩余空间；" +
                "可用 SER_HOME 指定其他位置。",
                e);
        }
    }

    /// <summary>Deletes every version of a model.</summary>
    /// <returns>False if there was none.</returns>
    /// <exception cref="ModelException"><c>model.store_not_writable</c>.</exception>
    public bool Remove(string id)
    {
        var model = Path.Combine(_models, CleanId(id));
        var downloads = new[] { DownloadDirectoryOf(id, false), DownloadDirectoryOf(id, true) }.Count(DiscardDownload);
        var versions = VersionDirectories(model);
        foreach (var version in versions)
            Discard(version);
        return versions.Count + downloads > 0;
    }

    /// <summary>
    /// Deletes a folder of the store atomically: no program sees a half-deleted folder, and programs that have its files open keep
    /// them until they exit.
    /// </summary>
    /// <exception cref="ModelException"><c>model.store_not_writable</c>.</exception>
    internal static void Discard(string directory)
    {
        try
        {
            var aside = Path.Combine(Path.GetDirectoryName(directory)!, $".removed-{Guid.NewGuid():N}");
            Directory.Move(directory, aside);
            Directory.Delete(aside, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another process deleted it first.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(
                "model.store_not_writable",
                $"{directory} could not be removed: {Sentence.End(e.Message)} " +
                "Check that you have permission to write there and that no program uses it.",
                $"无法删除 {directory}：{Sentence.End(e.Message)} 请检查写入权限，以及是否有程序正在占用。", e);
        }
    }

    /// <summary>Lists the folder of each model, whatever its content.</summary>
    internal IReadOnlyList<string> ModelDirectories() => Directory.Exists(_models)
        ? [.. Directory.EnumerateDirectories(_models).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Lists the versions of a model, whatever their content.</summary>
    internal static IReadOnlyList<string> VersionDirectories(string model) =>
        Directory.Exists(model) ? [.. Directory.EnumerateDirectories(model).Where(directory => !IsPartial(directory))] : [];

    /// <summary>Lists the folders left by processes that were killed during an import or a removal.</summary>
    internal IReadOnlyList<string> AbandonedDirectories() =>
    [
        .. ModelDirectories().Append(_downloads).Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories)
            .Where(directory => IsPartial(directory) && IsOld(directory)),
    ];

    /// <summary>Lists the downloads that have not been imported yet.</summary>
    internal IReadOnlyList<string> DownloadDirectories() => Directory.Exists(_downloads)
        ? [.. Directory.EnumerateDirectories(_downloads).Where(directory => !IsPartial(directory)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Deletes a download unless a program is continuing it.</summary>
    /// <returns>Whether the download was deleted.</returns>
    /// <exception cref="ModelException"><c>model.store_not_writable</c>.</exception>
    internal static bool DiscardDownload(string directory)
    {
        if (!Directory.Exists(directory))
            return false;
        using var hold = TryHold(directory);
        if (hold is null)
            return false;
        Discard(directory);
        return true;
    }

    /// <summary>Locks the folder of a download for this program; the lock file beside the folder remains.</summary>
    /// <returns>The lock, released by disposal; null if another program holds it.</returns>
    internal static IDisposable? TryHold(string download)
    {
        try
        {
            return new FileStream(download + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(download + ".lock"))
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Computes the size of a folder in bytes; sparse files count with their full length.</summary>
    internal static long SizeOf(string directory)
    {
        try
        {
            return new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0; // Another process has just deleted it.
        }
    }

    /// <summary>The folder for downloading a model; partial downloads have a folder of their own.</summary>
    internal string DownloadDirectoryOf(string id, bool partial) => Path.Combine(_downloads, CleanId(id) + (partial ? "+parts" : ""));

    /// <summary>The folder that keeps the files of a download at the user's request.</summary>
    internal string KeptDirectoryOf(string id) => Path.Combine(Path.GetDirectoryName(_downloads)!, "kept", CleanId(id));

    /// <summary>The folder of a model's int8 version, below the hash of its original.</summary>
    internal string Int8DirectoryOf(ModelFolder original) =>
        original.Directory.StartsWith(_models + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? Path.Combine(original.Directory, "int8")
            : Path.Combine(_models, CleanId(original.Manifest.Id), CleanId(original.Manifest.Hash), "int8");

    /// <summary>Writes a model's folder to a temporary one and moves it into place, replacing the existing one.</summary>
    /// <param name="directory">A folder of the store.</param>
    /// <param name="write">Writes the files to the folder that it receives.</param>
    internal ModelFolder Replace(string directory, Action<string> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(directory)!);
        RemoveAbandoned();
        var (partial, old) = (Aside(), Aside());
        try
        {
            Directory.CreateDirectory(partial);
            write(partial);
            // Programs that have the old files open keep them until they exit.
            if (Directory.Exists(directory))
                Directory.Move(directory, old);
            Directory.Move(partial, directory);
            return ModelFolder.Read(directory);
        }
        finally
        {
            foreach (var rest in new[] { partial, old }.Where(Directory.Exists))
                Directory.Delete(rest, recursive: true);
        }

        // Beside the model's versions, where the search for abandoned folders finds the leftovers of a killed process.
        string Aside() => Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(directory))!, $".partial-{Guid.NewGuid():N}");
    }

    private ModelFolder Import(
        FunAsrFolder source, string id, ModelOrigin? origin, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        var parent = Directory.CreateDirectory(Path.Combine(_models, id)).FullName;
        RemoveAbandoned();
        var partial = Path.Combine(parent, $".partial-{Guid.NewGuid():N}");
        try
        {
            var manifest = ModelImport.Run(source, id, partial, origin, progress, ct);
            var final = Path.Combine(parent, ModelImport.FolderOf(manifest));
            Publish(partial, final);
            progress?.Report(new(id, ImportStage.Done, 1));
            return ModelFolder.Read(final);
        }
        finally
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
        }
    }

    /// <summary>The name of a version: two hashes.</summary>
    /// <exception cref="ModelException"><c>model.damaged</c>: the manifest is not that of an import.</exception>
    internal static string VersionOf(ModelManifest manifest) =>
        manifest is { Source: not null, Certificate: null } && ModelImport.FolderOf(manifest) is var version
        && VersionName().IsMatch(version)
            ? version
            : throw Altered(manifest.Id);

    /// <summary>Requires that the files of a model fit on the disk of the store.</summary>
    /// <exception cref="ModelException"><c>model.store_not_writable</c>.</exception>
    internal void RequireRoom(string id, ModelManifest manifest)
    {
        var (needed, free) = (manifest.Files.Sum(file => (double)file.Size), FreeSpace);
        if (needed > free)
            throw NotWritable(id, $"{needed / 1e6:F0} MB are needed and {free / 1e6:F0} MB are free.", null);
    }

    /// <summary>Copies an import of another machine's store into this one.</summary>
    /// <param name="id">The name of the model.</param>
    /// <param name="write">Writes the manifest and the files to the folder that it receives.</param>
    /// <param name="ct">Cancels the check of the files; nothing is left.</param>
    /// <exception cref="ModelException"><c>model.damaged</c>: the files are not those of the manifest.</exception>
    internal async Task<ModelFolder> AdoptAsync(string id, Func<string, Task> write, CancellationToken ct)
    {
        var parent = Path.Combine(_models, CleanId(id));
        var partial = Path.Combine(parent, $".partial-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(partial);
            RemoveAbandoned();
            await write(partial);
            var copy = ModelFolder.Read(partial);
            if (copy.Manifest.Id != id || copy.Verify(ct) is [_, ..])
                throw Altered(id);
            var final = Path.Combine(parent, VersionOf(copy.Manifest));
            if (Directory.Exists(final) && ModelFolder.TryRead(final) is null)
                Discard(final);
            Publish(partial, final);
            return ModelFolder.Read(final);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(id, Sentence.End(e.Message), e);
        }
        finally
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
        }
    }

    /// <summary>
    /// Moves an import into place. The same checkpoint may already be in the store, imported by another process or from another folder.
    /// Its files are then identical, and perhaps in use: only the manifest with their origin is replaced.
    /// </summary>
    private static void Publish(string partial, string final)
    {
        try
        {
            if (!Directory.Exists(final))
            {
                Directory.Move(partial, final);
                return;
            }
        }
        catch (IOException) when (Directory.Exists(final))
        {
            // Another process moved its import first.
        }
        KeepVerification(partial, final);
        File.Move(Path.Combine(partial, ModelManifest.FileName), Path.Combine(final, ModelManifest.FileName), overwrite: true);
    }

    /// <summary>
    /// Keeps the result of an earlier comparison with the publisher's hash or example, which is valid for the same weights.
    /// </summary>
    private static void KeepVerification(string partial, string final)
    {
        if (ModelFolder.TryRead(final)?.Manifest is not { } before || ModelFolder.Read(partial).Manifest is not { } read)
            return;
        var now = read with { Reference = before.Reference };
        ModelImport.Write(partial, before.Check <= now.Check ? now : now with
        {
            Check = before.Check,
            Source = now.Source! with
            {
                Address = before.Source!.Address,
                Files = [now.Source.Files[0] with { Sha256 = before.Source.Files[0].Sha256 }, .. now.Source.Files.Skip(1)],
            },
        });
    }

    private IEnumerable<ModelFolder> Versions(string id) => NewestFirst(Path.Combine(_models, CleanId(id))).Select(ModelFolder.Read);

    private static IEnumerable<string> NewestFirst(string parent) => Directory.Exists(parent)
        ? Directory.EnumerateDirectories(parent, "*", new EnumerationOptions())
            .Where(directory => !IsPartial(directory) && ModelFolder.LooksLikeOne(directory))
            .OrderByDescending(Directory.GetLastWriteTimeUtc)
        : [];

    private void RemoveAbandoned()
    {
        foreach (var directory in AbandonedDirectories())
        {
            try
            {
                Directory.Delete(directory, recursive: true);
            }
            catch (DirectoryNotFoundException)
            {
                // Another process deleted it first.
            }
        }
    }

    /// <summary>Whether a folder is abandoned; a folder that has just been deleted has the earliest possible time.</summary>
    private static bool IsOld(string directory) =>
        Directory.GetLastWriteTimeUtc(directory) is { Year: > 1601 } written && TimeProvider.System.GetUtcNow() - written > Abandoned;

    private static bool IsPartial(string directory) => Path.GetFileName(directory).StartsWith('.');

    [GeneratedRegex(@"^[0-9a-f]+-[0-9a-f]+\z")]
    private static partial Regex VersionName();

    private ModelException NotWritable(string id, string reason, Exception? cause) => new(
        "model.store_not_writable",
        $"The model {id} could not be copied into {_models}: {reason} Free some space, or set another store with SER_HOME.",
        $"无法将模型 {id} 复制到 {_models}：{reason} 请清理磁盘空间，或用 SER_HOME 指定其他位置。", cause);

    private static ModelException Altered(string id) => new(
        "model.damaged",
        $"The shared files of the model {id} are damaged. Delete .ser/models/{id} in --files: a program that has the model stores it "
        + "again.",
        $"共用的模型 {id} 文件已损坏。请删除 --files 中的 .ser/models/{id}：拥有该模型的程序会重新存储。");

    /// <summary>Converts an id to a folder name by replacing all characters that could lead out of the store.</summary>
    private static string CleanId(string id)
    {
        var clean = string.Concat(id.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '_')).TrimStart('.');
        return clean.Length > 0 ? clean : "model";
    }
}
