using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Options;
using SpeechEmotion.Quantization;

namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>A model in one precision, which has its own row.</summary>
/// <param name="Folder">The folder of the model.</param>
/// <param name="Precision">The arithmetic: <c>fp32</c> or <c>int8</c>.</param>
internal sealed record BenchSubject(ModelFolder Folder, string Precision)
{
    private const string Rounded = "int8";

    /// <summary>The options that load it into this process, packed for speed.</summary>
    public RecognizerOptions Options => new()
    {
        ModelDirectory = Folder.Directory,
        Precision = Precision == Rounded ? ModelPrecision.Int8 : ModelPrecision.Fp32,
    };

    /// <summary>The arguments that select it on the command line of <c>ser recognize</c>.</summary>
    public IReadOnlyList<string> Arguments => ["--model-dir", Folder.Directory, "--precision", Precision];

    /// <summary>The name that distinguishes rows.</summary>
    public string Name => $"{Folder.Manifest.Id} {Precision}";

    /// <summary>Selects the requested models; without a request, every model that is ready and has emotions.</summary>
    /// <param name="named">The requested models.</param>
    /// <param name="precision">The only precision to measure; null for all that are available.</param>
    /// <exception cref="ModelException"><c>model.precision_not_found</c>: no model has that precision.</exception>
    public static IReadOnlyList<BenchSubject> Choose(IReadOnlyList<ModelFolder> named, string? precision)
    {
        IEnumerable<ModelFolder> folders = named.Count > 0 ? named : Ready();
        BenchSubject[] subjects =
        [
            .. folders.SelectMany(folder => PrecisionsOf(folder).Select(each => new BenchSubject(folder, each)))
                .Where(subject => precision is null || subject.Precision == precision)
                .DistinctBy(subject => subject.Name),
        ];
        return subjects.Length > 0 ? subjects : throw NoPrecision(named, precision);
    }

    private static IReadOnlyList<string> PrecisionsOf(ModelFolder folder) =>
        new Int8Conversion(ModelStore.Default).Find(folder) is null ? [folder.Manifest.Precision] : [folder.Manifest.Precision, Rounded];

    /// <summary>Of the models with the same name, the one that the command would use is first.</summary>
    private static IEnumerable<ModelFolder> Ready() => ModelSearch.Default.List()
        .Where(model => model.Manifest?.Labels is not null)
        .OrderByDescending(model => model.Place == ModelPlace.Shipped)
        .Select(model => new ModelFolder(model.Directory, model.Manifest!));

    private static ModelException NoPrecision(IReadOnlyList<ModelFolder> named, string? precision)
    {
        if (precision is null)
            return new("model.not_found", "There is no model on this machine. See: ser models list", "本机没有模型。请看：ser models list");
        return named.Count == 0
            ? new(
                "model.precision_not_found",
                $"No model with precision {precision} is on this machine. Create int8 with: ser models certify ID",
                $"本机没有精度为 {precision} 的模型。请看：ser models list")
            : new(
                "model.precision_not_found",
                $"{Ids(named)} is not on this machine with precision {precision}. Create int8 with: ser models certify ID",
                $"{Ids(named)} 没有 {precision} 精度。int8 可用 ser models certify ID 生成");

        static string Ids(IReadOnlyList<ModelFolder> folders) => string.Join(", ", folders.Select(folder => folder.Manifest.Id));
    }
}
