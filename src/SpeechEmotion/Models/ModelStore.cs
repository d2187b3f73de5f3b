using SpeechEmotion.Checkpoints.Emotion2vec;
using SpeechEmotion.Errors;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Models;

/// <summary>
/// The folder that holds imported models, one for each checkpoint that was ever imported:
/// <c>models/&lt;id&gt;/&lt;hash&gt;-&lt;form&gt;/</c>. A model appears in it whole or not at all.
/// </summary>
/// <param name="root">The folder above <c>models</c>.</param>
public sealed class ModelStore(string root)
{
    /// <summary>No import takes so long.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private readonly string _models = Path.Combine(Path.GetFullPath(root), "models");

    private readonly string _downloads = Path.Combine(Path.GetFullPath(root), "downloads");

    private readonly string _root = Path.GetFullPath(root);

    /// <summary>The store of this user: <c>SER_HOME</c>, else <c>~/.cache/speech-emotion</c>.</summary>
    public static ModelStore Default => new(Environment.GetEnvironmentVariable("SER_HOME") is { Length: > 0 } home
        ? home
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "speech-emotion"));

    /// <summary>
    /// Bytes that are free on the store's disk, or on that of the folder above it that is there; as much as there may be where
    /// nobody can tell, as of a network share.
    /// </summary>
    public long FreeSpace => DiskSpace.FreeAt(_root);

    /// <summary>All models in the store that can be read, by name, of each the one imported last first.</summary>
    public IReadOnlyList<ModelFolder> List() => Directory.Exists(_models)
        ? [.. Directory.EnumerateDirectories(_models).Order(StringComparer.Ordinal)
            .SelectMany(NewestFirst).Select(ModelFolder.TryRead).OfType<ModelFolder>()]
        : [];

    /// <summary>The model of that name, the one imported last where there are several; null where there is none.</summary>
    public ModelFolder? Find(string id) => Versions(id).FirstOrDefault();

    /// <summary>Imports a FunASR model folder, or finds it already imported.</summary>
    /// <param name="directory">Holds <c>model.pt</c>, <c>config.yaml</c> and <c>tokens.txt</c>.</param>
    /// <param name="id">Name of the model; the folder's own name where it is null.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="ct">Stops the import and leaves nothing behind.</param>
    /// <exception cref="CheckpointException">The folder or the checkpoint is not what it should be.</exception>
    /// <exception cref="ModelException">The store cannot be written.</exception>
    public ModelFolder Import(
        string directory, string? id = null, IProgress<ImportProgress>? progress = null, CancellationToken ct = default)
    {
        directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        id = CleanId(id ?? Path.GetFileName(directory));
        if (Versions(id).FirstOrDefault(version => version.Manifest.Source?.Directory == directory) is { Manifest.Source.IsCurrent: true } known)
            return known;
        return Import(directory, id, null, progress, ct);
    }

    /// <summary>Imports what was downloaded.</summary>
    /// <param name="directory">Holds <c>model.pt</c>, <c>config.yaml</c> and <c>tokens.txt</c>.</param>
    /// <param name="id">Name of the model.</param>
    /// <param name="origin">Where it came from; null for a folder of the user's.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="ct">Stops the import and leaves nothing behind.</param>
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
                "Check that the one can be read and the other has space; SER_HOME names another place.",
                $"无法将模型 {id} 从 {directory} 导入 {_models}：{Sentence.End(e.Message)} 请确认前者可读、后者有空间；可用 SER_HOME 指定其他位置。", e);
        }
    }

    /// <summary>Deletes every version of a model.</summary>
    /// <returns>False where there was none.</returns>
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

    /// <summary>Deletes a folder of the store so that nobody finds half of it: programs that run over its files keep them until they end.</summary>
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
            // Another process was faster.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(
                "model.store_not_writable", $"{directory} could not be removed: {Sentence.End(e.Message)} Check that you may write there, and that no program holds it.",
                $"无法删除 {directory}：{Sentence.End(e.Message)} 请检查写入权限，以及是否有程序正在占用。", e);
        }
    }

    /// <summary>A folder for each model, whatever is in it.</summary>
    internal IReadOnlyList<string> ModelDirectories() => Directory.Exists(_models) ? [.. Directory.EnumerateDirectories(_models).Order(StringComparer.Ordinal)] : [];

    /// <summary>The versions of a model, whatever is in them.</summary>
    internal static IReadOnlyList<string> VersionDirectories(string model) =>
        Directory.Exists(model) ? [.. Directory.EnumerateDirectories(model).Where(directory => !IsPartial(directory))] : [];

    /// <summary>What processes left that were killed while they imported or removed.</summary>
    internal IReadOnlyList<string> AbandonedDirectories() =>
    [
        .. ModelDirectories().Append(_downloads).Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories)
            .Where(directory => IsPartial(directory) && IsOld(directory)),
    ];

    /// <summary>Downloads that have not become models yet.</summary>
    internal IReadOnlyList<string> DownloadDirectories() =>
        Directory.Exists(_downloads) ? [.. Directory.EnumerateDirectories(_downloads).Where(directory => !IsPartial(directory)).Order(StringComparer.Ordinal)] : [];

    /// <summary>Deletes a download unless a program goes on with it right now.</summary>
    /// <returns>Whether it did.</returns>
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

    /// <summary>Takes the folder of a download for this program; the lock lies beside it and stays.</summary>
    /// <returns>What gives it back; null where another program has it.</returns>
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

    /// <summary>Bytes that a folder takes; of files with holes, their whole length.</summary>
    internal static long SizeOf(string directory)
    {
        try
        {
            return new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0; // It has just gone.
        }
    }

    /// <summary>Where a model is downloaded to; the parts of one apart from the whole.</summary>
    internal string DownloadDirectoryOf(string id, bool partial) => Path.Combine(_downloads, CleanId(id) + (partial ? "+parts" : ""));

    /// <summary>Where the files of a download are kept for a user who asked for it.</summary>
    internal string KeptDirectoryOf(string id) => Path.Combine(Path.GetDirectoryName(_downloads)!, "kept", CleanId(id));

    /// <summary>Where the int8 form of a model lies, below the hash of its original.</summary>
    internal string Int8DirectoryOf(ModelFolder original) => original.Directory.StartsWith(_models + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        ? Path.Combine(original.Directory, "int8")
        : Path.Combine(_models, CleanId(original.Manifest.Id), CleanId(original.Manifest.Hash), "int8");

    /// <summary>Writes a model's folder aside and puts it into place whole, instead of what is there.</summary>
    /// <param name="directory">A folder of the store.</param>
    /// <param name="write">Fills the folder that it is given.</param>
    internal ModelFolder Replace(string directory, Action<string> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(directory)!);
        RemoveAbandoned();
        var (partial, old) = (Aside(), Aside());
        try
        {
            Directory.CreateDirectory(partial);
            write(partial);
            // Programs that run over the old files keep them until they end.
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

        // Beside the model's versions, where what a killed process leaves is found again.
        string Aside() => Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(directory))!, $".partial-{Guid.NewGuid():N}");
    }

    private ModelFolder Import(FunAsrFolder source, string id, ModelOrigin? origin, IProgress<ImportProgress>? progress, CancellationToken ct)
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

    /// <summary>
    /// The same checkpoint may be there already, imported by another process or from another folder. Its files are then the
    /// same, and perhaps in use: only the note of where they came from is replaced.
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
            // Another process was faster.
        }
        KeepWhatWasProved(partial, final);
        File.Move(Path.Combine(partial, ModelManifest.FileName), Path.Combine(final, ModelManifest.FileName), overwrite: true);
    }

    /// <summary>What was compared with its publisher's hash or example once is the same weights still.</summary>
    private static void KeepWhatWasProved(string partial, string final)
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
                // Another process was faster.
            }
        }
    }

    /// <summary>What has just gone has a time before all others.</summary>
    private static bool IsOld(string directory) =>
        Directory.GetLastWriteTimeUtc(directory) is { Year: > 1601 } written && TimeProvider.System.GetUtcNow() - written > Abandoned;

    private static bool IsPartial(string directory) => Path.GetFileName(directory).StartsWith('.');

    /// <summary>An id becomes a folder name, so whatever could lead out of the store is taken out of it.</summary>
    private static string CleanId(string id)
    {
        var clean = string.Concat(id.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '_')).TrimStart('.');
        return clean.Length > 0 ? clean : "model";
    }
}
