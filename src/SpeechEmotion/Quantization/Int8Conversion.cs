using System.Text.Json;
using Google.Protobuf;
using SpeechEmotion.Errors;
using SpeechEmotion.Graphs;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;

namespace SpeechEmotion.Quantization;

/// <summary>
/// The int8 forms of models. Each is stored below its original's hash, with a certificate: the comparison with the original on this
/// machine.
/// </summary>
/// <param name="store">The store of the models.</param>
internal sealed class Int8Conversion(ModelStore store)
{
    /// <summary>The version of the int8 graphs that this program writes and uses.</summary>
    public const int GraphVersion = Int8Graph.Version;

    private const string GraphFile = "model.onnx", WeightsFile = "weights.bin";

    /// <summary>The share of the rounding in the total work; the rest is the comparison.</summary>
    private const double RoundingShare = 0.02;

    /// <summary>Finds the int8 form of a model; null if there is none, or only one of an older program.</summary>
    public ModelFolder? Find(ModelFolder original)
    {
        var directory = store.Int8DirectoryOf(original);
        return ModelFolder.LooksLikeOne(directory) && ModelFolder.TryRead(directory) is { } folder
            && folder.Manifest.Certificate?.GraphVersion == Int8Graph.Version ? folder : null;
    }

    /// <summary>Selects the form of a model to load.</summary>
    /// <param name="original">The float32 model.</param>
    /// <param name="precision">The requested precision; <see cref="ModelPrecision.Int8"/> creates a missing int8 form.</param>
    /// <param name="progress">Receives the progress of that.</param>
    /// <param name="ct">Cancels it.</param>
    public PrecisionSelection Choose(
        ModelFolder original, ModelPrecision precision, IProgress<ImportProgress>? progress = null, CancellationToken ct = default)
    {
        if (precision == ModelPrecision.Fp32 || original.Manifest.Certificate is not null)
            return new(original, null);
        var rounded = Find(original) ?? (precision == ModelPrecision.Int8 ? Certify(original, null, progress, ct) : null);
        var fault = rounded is null ? Int8Fault.Missing : rounded.Manifest.Certificate!.FaultHere();
        return new(rounded is null || (precision == ModelPrecision.Auto && fault is not null) ? original : rounded, fault);
    }

    /// <summary>
    /// Creates the int8 form of a model unless an undamaged one exists, runs both over the calibration clips, and stores the comparison.
    /// </summary>
    /// <param name="original">The float32 model.</param>
    /// <param name="recordings">A folder with recordings of the user to compare on too; null for none.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="ct">Cancels it without any change to the store.</param>
    /// <exception cref="ModelException">The model is damaged, or the store cannot be written.</exception>
    /// <exception cref="AudioException"><c>audio.not_found</c>: the folder does not exist.</exception>
    public ModelFolder Certify(
        ModelFolder original, string? recordings = null, IProgress<ImportProgress>? progress = null, CancellationToken ct = default)
    {
        var own = recordings is null ? [] : CalibrationClips.OwnFiles(recordings);
        try
        {
            return store.Replace(store.Int8DirectoryOf(original), directory =>
            {
                if (Find(original) is { } known && known.Verify(ct).Count == 0)
                    Copy(known, directory);
                else
                    Round(original, directory, progress, ct);
                Note(original, directory, Compare(original, directory, own, progress, ct), ct);
                progress?.Report(new(original.Manifest.Id, ImportStage.Done, 1));
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new ModelException(
                "model.not_converted",
                $"The int8 form of {original.Manifest.Id} could not be created: {Sentence.End(e.Message)}"
                + " Check that the store has space, and verify the model.",
                $"无法生成 {original.Manifest.Id} 的 int8 版本：{Sentence.End(e.Message)} 请检查存储空间并校验该模型。", e);
        }
    }

    private static void Round(ModelFolder original, string directory, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        using var weights = new ExternalWeights(Path.Combine(directory, WeightsFile));
        var rounding = new StageProgress(progress, original.Manifest.Id, ImportStage.Rounding, 0, RoundingShare);
        var graph = Int8Graph.Write(original.PathOf(original.Manifest.Graph), weights, progress: rounding, ct: ct);
        weights.Flush();
        using var file = File.Create(Path.Combine(directory, GraphFile));
        graph.WriteTo(file);
        file.Flush(flushToDisk: true);
        foreach (var head in original.Manifest.Heads)
            File.Copy(original.PathOf(head), Path.Combine(directory, head));
    }

    private static void Copy(ModelFolder known, string directory)
    {
        foreach (var file in known.Manifest.Files)
            File.Copy(known.PathOf(file.Name), Path.Combine(directory, file.Name));
    }

    private static Int8Certificate Compare(
        ModelFolder original, string directory, IReadOnlyList<string> own, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        // The new form has no manifest yet: only the arithmetic differs.
        var rounded = new ModelFolder(directory, original.Manifest with { Graph = GraphFile, Precision = "int8" });
        using var first = OnnxEmotionModel.Load(original, new());
        using var second = OnnxEmotionModel.Load(rounded, new());
        var comparison = new Int8Comparison(first, second);
        var certifying = new StageProgress(progress, original.Manifest.Id, ImportStage.Certifying, RoundingShare, 1 - RoundingShare);
        var (done, ownClips) = (0, 0);
        // The user's recordings are first, so that an unusable folder is reported at once.
        foreach (var path in own)
        {
            if (CalibrationClips.Own(path, ct) is { } clip)
            {
                Process(clip);
                ownClips++;
            }
        }
        if (own.Count > 0 && ownClips == 0)
            throw CalibrationClips.NoRecordings(Path.GetDirectoryName(own[0])!);
        foreach (var clip in CalibrationClips.Synthetic())
            Process(clip);
        return comparison.Certify(ownClips);

        void Process(float[] clip)
        {
            comparison.Process(clip, ct);
            certifying.Report(++done / (double)(CalibrationClips.SyntheticCount + own.Count));
        }
    }

    private static void Note(ModelFolder original, string directory, Int8Certificate certificate, CancellationToken ct)
    {
        string[] names = [GraphFile, WeightsFile, .. original.Manifest.Heads];
        var manifest = original.Manifest with
        {
            Graph = GraphFile,
            Precision = "int8",
            Certificate = certificate,
            // The float32 original was compared, not this form.
            Reference = null,
            Files = [.. names.Select(name => ModelFile.Measure(directory, name, null, ct))],
        };
        using var file = File.Create(Path.Combine(directory, ModelManifest.FileName));
        JsonSerializer.Serialize(file, manifest, ModelJsonContext.Default.ModelManifest);
        file.Flush(flushToDisk: true);
    }
}
