using SpeechEmotion.Checkpoints.Emotion2vec;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Models;

/// <summary>Finds models where users have them: the store, the caches of ModelScope and Hugging Face, beside the program.</summary>
/// <param name="store">The store that imports go to.</param>
/// <param name="environment">Reads an environment variable.</param>
/// <param name="home">The user's home folder.</param>
/// <param name="program">The folder of the program, which may hold models of its own.</param>
public sealed class ModelSearch(ModelStore store, Func<string, string?> environment, string home, string program)
{
    /// <summary>The search of this user and this program.</summary>
    public static ModelSearch Default => new(
        ModelStore.Default, Environment.GetEnvironmentVariable,
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), AppContext.BaseDirectory);

    /// <summary>Every model on this machine, those that are used first coming first.</summary>
    public IReadOnlyList<FoundModel> List() =>
    [
        .. store.List().Select(folder => Ready(folder, ModelPlace.Store)),
        .. ModelCatalogue.Entries.SelectMany(InCaches),
        .. Shipped().Select(folder => Ready(folder, ModelPlace.Shipped)),
    ];

    /// <summary>The model to use, imported first where that is needed.</summary>
    /// <param name="id">
    /// A name; where it is null <c>SER_MODEL</c> (a name or a folder), else the large model if it is here, else the small one.
    /// </param>
    /// <param name="directory">A model folder of FunASR or of this product; it overrides everything else.</param>
    /// <param name="progress">Told how far an import has come.</param>
    /// <param name="ct">Stops an import.</param>
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
        // A checkpoint that was downloaded anew since must not be answered for by the old import.
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
            $"{directory} is not a model folder: it has neither config.yaml with model.pt nor model.json. Give the folder that holds model.pt.",
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

    /// <summary>A snapshot of Hugging Face's cache is named by a hash; the model's name stands two folders above.</summary>
    private static string? CacheName(string directory)
    {
        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
        return Path.GetFileName(parent) == "snapshots"
            ? Path.GetFileName(Path.GetDirectoryName(parent))?.Split("--").Last()
            : null;
    }

    private static FoundModel Ready(ModelFolder folder, ModelPlace place) =>
        new(folder.Manifest.Id, place, folder.Directory, folder.Manifest);

    /// <summary>The command always has the small model beside it; a program of somebody else's may not.</summary>
    private static ModelException NoModel() => new(
        "model.not_found",
        $"There is no model on this machine. Reference the package SpeechEmotion.Compact for the small one, or get {ModelCatalogue.Preferred}: run ser models pull {ModelCatalogue.Preferred}, or call ModelPull.",
        $"本机没有模型。请引用软件包 SpeechEmotion.Compact 使用小模型，或获取 {ModelCatalogue.Preferred}：运行 ser models pull {ModelCatalogue.Preferred}，或调用 ModelPull。");

    private ModelException NotFound(string id)
    {
        var here = string.Join(", ", List().Select(model => model.Id).Distinct());
        var get = ModelCatalogue.Find(id) is null ? "ser models import FOLDER" : $"ser models pull {id}";
        return new(
            "model.not_found",
            $"There is no model {id} on this machine. Here are: {here}. To get it, run: {get}",
            $"本机没有模型 {id}。现有：{here}。获取方法：{get}");
    }
}
