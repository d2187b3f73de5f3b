using SpeechEmotion.Checkpoints.Emotion2vec;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Models;

/// <summary>Finds the models on a machine: in the store, the caches of ModelScope and Hugging Face, and beside the program.</summary>
/// <param name="store">The store for imports.</param>
/// <param name="environment">Returns the value of an environment variable.</param>
/// <param name="home">The user's home folder.</param>
/// <param name="program">The folder of the program, which may contain models of its own.</param>
public sealed class ModelSearch(ModelStore store, Func<string, string?> environment, string home, string program)
{
    /// <summary>The search for the current user and program.</summary>
    public static ModelSearch Default => new(
        ModelStore.Default, Environment.GetEnvironmentVariable,
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), AppContext.BaseDirectory);

    /// <summary>Lists all models on this machine in the order of preference.</summary>
    public IReadOnlyList<FoundModel> List() =>
    [
        .. store.List().Select(folder => Ready(folder, ModelPlace.Store)),
        .. ModelCatalogue.Entries.SelectMany(InCaches),
        .. Shipped().Select(folder => Ready(folder, ModelPlace.Shipped)),
    ];

    /// <summary>Returns the model to use, after importing it if necessary.</summary>
    /// <param name="id">
    /// The name; if null, <c>SER_MODEL</c> (a name or a folder), otherwise the large model if it is installed, otherwise the small one.
    /// </param>
    /// <param name="directory">A model folder of FunASR or of this product; it overrides everything else.</param>
    /// <param name="progress">Receives the progress of an import.</param>
    /// <param name="ct">Cancels an import.</param>
    /// <exception cref="ModelException"><c>model.not_found</c>.</exception>
    public ModelFolder Resolve(
        string? id, string? directory = null, IProgress<ImportProgress>? progress = null, CancellationToken ct = default)
    {
        if (directory is not null)
            return Open(directory, id, progress, ct);
        id ??= environment("SER_MODEL") is { Length: > 0 } set ? set : null;
        if (id is null)
            return Find(ModelCatalogue.Preferred, progress, ct) ?? Find(ModelCatalogue.Compact, progress, ct)
                ?? throw NoModel();
        if (id.Contains('/', StringComparison.Ordinal) && Directory.Exists(id))
            return Open(id, null, progress, ct);
        return Find(ModelCatalogue.NameOf(id), progress, ct)
            ?? (Directory.Exists(id) ? Open(id, null, progress, ct) : throw NotFound(id));
    }

    private ModelFolder? Find(string id, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        if (Shipped().FirstOrDefault(folder => folder.Manifest.Id == id) is { } shipped)
            return shipped;
        var cached = ModelCatalogue.Find(id) is { } entry ? InCaches(entry).FirstOrDefault()?.Directory : null;
        if (store.Find(id) is not { } stored)
            return cached is null ? null : store.Import(cached, id, progress, ct);
        // If the checkpoint was downloaded again since, the old import is not valid for it.
        if (stored.Manifest.Source is not { } source)
            return stored;
        if (cached is not null && cached != source.Directory && Path.GetDirectoryName(cached) == Path.GetDirectoryName(source.Directory))
            return store.Import(cached, id, progress, ct);
        return source.IsCurrent ? stored : store.Import(source.Directory, id, progress, ct);
    }

    private ModelFolder Open(string directory, string? id, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        if (ModelFolder.LooksLikeOne(directory))
            return ModelFolder.Read(directory);
        if (FunAsrFolder.LooksLikeOne(directory))
            return store.Import(directory, id ?? CacheName(directory), progress, ct);
        throw new ModelException(
            "model.not_found",
            $"{directory} is not a model folder: it has neither config.yaml with model.pt nor model.json. " +
            "Specify the folder that contains model.pt.",
            $"{directory} 不是模型文件夹：其中没有 config.yaml 与 model.pt，也没有 model.json。请指定包含 model.pt 的文件夹。");
    }

    private IEnumerable<ModelFolder> Shipped()
    {
        var models = Path.Combine(program, "models");
        return Directory.Exists(models)
            ? Directory.EnumerateDirectories(models).Where(ModelFolder.LooksLikeOne).Select(ModelFolder.TryRead).OfType<ModelFolder>()
            : [];
    }

    private IEnumerable<FoundModel> InCaches(CatalogueEntry entry)
    {
        var modelScope = environment("MODELSCOPE_CACHE") is { Length: > 0 } set ? set : Path.Combine(home, ".cache", "modelscope", "hub");
        string[] folders =
        [
            Path.Combine(modelScope, entry.ModelScope),
            Path.Combine(modelScope, "models", entry.ModelScope),
            Path.Combine(modelScope, "hub", entry.ModelScope),
            Path.Combine(modelScope, "hub", "models", entry.ModelScope),
        ];
        var huggingFace = environment("HF_HOME") is { Length: > 0 } hub ? hub : Path.Combine(home, ".cache", "huggingface");
        var snapshots = Path.Combine(
            huggingFace, "hub", $"models--{entry.HuggingFace.Replace("/", "--", StringComparison.Ordinal)}", "snapshots");
        return folders.Where(FunAsrFolder.LooksLikeOne)
            .Select(folder => new FoundModel(entry.Id, ModelPlace.ModelScopeCache, folder, null))
            .Concat(Snapshots(snapshots)
                .Select(folder => new FoundModel(entry.Id, ModelPlace.HuggingFaceCache, folder, null)));
    }

    private static IEnumerable<string> Snapshots(string directory) => Directory.Exists(directory)
        ? Directory.EnumerateDirectories(directory).Where(FunAsrFolder.LooksLikeOne).OrderByDescending(Directory.GetLastWriteTimeUtc)
        : [];

    /// <summary>The model's name for a snapshot in Hugging Face's cache: the folder two levels above has it, the snapshot a hash.</summary>
    private static string? CacheName(string directory)
    {
        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
        return Path.GetFileName(parent) == "snapshots"
            ? Path.GetFileName(Path.GetDirectoryName(parent))?.Split("--").Last()
            : null;
    }

    private static FoundModel Ready(ModelFolder folder, ModelPlace place) =>
        new(folder.Manifest.Id, place, folder.Directory, folder.Manifest);

    /// <summary>Creates the error. The command always has the small model beside it, but a program of another developer may not.</summary>
    private static ModelException NoModel() => new(
        "model.not_found",
        "There is no model on this machine. Reference the package SpeechEmotion.Compact for the small one, or get " +
        $"{ModelCatalogue.Preferred}: run ser models pull {ModelCatalogue.Preferred}, or call ModelPull.",
        "本机没有模型。请引用软件包 SpeechEmotion.Compact 使用小模型，或获取 " +
        $"{ModelCatalogue.Preferred}：运行 ser models pull {ModelCatalogue.Preferred}，或调用 ModelPull。");

    private ModelException NotFound(string id)
    {
        var here = string.Join(", ", List().Select(model => model.Id).Distinct());
        var get = ModelCatalogue.Find(id) is null ? "ser models import FOLDER" : $"ser models pull {id}";
        return new(
            "model.not_found",
            $"There is no model {id} on this machine. Installed models: {here}. To get it, run: {get}",
            $"本机没有模型 {id}。现有：{here}。获取方法：{get}");
    }
}
