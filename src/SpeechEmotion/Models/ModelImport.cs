using System.Text.Json;
using Google.Protobuf;
using SpeechEmotion.Checkpoints.Emotion2vec;
using SpeechEmotion.Checkpoints.Torch;
using SpeechEmotion.Graphs;
using SpeechEmotion.Results;

namespace SpeechEmotion.Models;

/// <summary>Converts a FunASR folder to a model folder: graph, weights, manifest.</summary>
internal static class ModelImport
{
    private const string GraphFile = "model.onnx";
    private const string WeightsFile = "weights.bin";

    // Shares of the total time, measured on the released large checkpoint, so that progress is uniform.
    private const double ReadingShare = 0.4;
    private const double HashingShare = 0.5;
    private const double ConvertingShare = 0.35;

    /// <summary>Writes the model to a folder that does not exist yet.</summary>
    public static ModelManifest Run(
        FunAsrFolder source, string id, string directory, ModelOrigin? origin, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        using var checkpoint = TorchCheckpoint.Open(source.CheckpointPath);
        var weights = new Emotion2vecWeights(checkpoint, source.Config);
        var labels = source.Tokens?.Count ?? 0;
        weights.CheckAll(labels);
        var files = Describe(source, origin, new StageProgress(progress, id, ImportStage.Hashing, 0, ReadingShare), ct);
        var hash = weights.Hash(
            labels, new StageProgress(progress, id, ImportStage.Hashing, ReadingShare, HashingShare - ReadingShare), ct);
        Directory.CreateDirectory(directory);
        var parameters = Convert(source, weights, directory, id, progress, ct);
        var checking = new StageProgress(
            progress, id, ImportStage.Checking, HashingShare + ConvertingShare, 1 - HashingShare - ConvertingShare);
        var manifest = new ModelManifest
        {
            Id = id,
            Hash = hash[..16],
            WeightsHash = hash,
            Check = origin?.Check ?? (ModelCatalogue.IsGenuine(id, files.Files[0]) ? ModelCheck.Publisher : ModelCheck.None),
            Precision = "fp32",
            License = ModelCatalogue.LicenseOf(id),
            Graph = GraphFile,
            Labels = source.Tokens,
            Dimension = source.Config.EmbedDimension,
            MinSamples = Emotion2vecConfig.ReceptiveField,
            Parameters = parameters,
            Source = files,
            Files = [ModelFile.Measure(directory, GraphFile, null, ct), ModelFile.Measure(directory, WeightsFile, checking, ct)],
        };
        Write(directory, manifest);
        return manifest;
    }

    /// <summary>Writes the manifest of a model folder.</summary>
    public static void Write(string directory, ModelManifest manifest)
    {
        using var file = File.Create(Path.Combine(directory, ModelManifest.FileName));
        JsonSerializer.Serialize(file, manifest, ModelJsonContext.Default.ModelManifest);
        file.Flush(flushToDisk: true);
    }

    private static long Convert(
        FunAsrFolder source, Emotion2vecWeights weights, string directory, string id,
        IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        var labels = source.Tokens?.Count ?? 0;
        var total = Emotion2vecTensors.Needed(source.Config, labels).Sum(tensor => tensor.Shape.Aggregate(1L, (a, b) => a * b));
        var counter = new ParameterCounter(
            new StageProgress(progress, id, ImportStage.Converting, HashingShare, ConvertingShare), total);
        using var file = new ExternalWeights(Path.Combine(directory, WeightsFile));
        var model = Emotion2vecGraph.Write(source.Config, labels, weights, file, counter, ct);
        file.Flush();
        using var graph = File.Create(Path.Combine(directory, GraphFile));
        model.WriteTo(graph);
        graph.Flush(flushToDisk: true);
        return counter.Count;
    }

    /// <summary>
    /// Returns the name of a model's folder below its id, which identifies the content of the graph and the graph writer. It does not
    /// depend on the origin of the checkpoint, or on other data in it.
    /// </summary>
    public static string FolderOf(ModelManifest manifest) =>
        $"{manifest.Hash}-"
        + Checksum.OfLines(
            [.. manifest.Source!.Files.Skip(1).Select(file => file.Sha256!), $"graph {manifest.Source.GraphVersion}"])[..8];

    private static ModelSource Describe(FunAsrFolder source, ModelOrigin? origin, StageProgress progress, CancellationToken ct)
    {
        string?[] others = [source.ConfigPath, source.TokensPath];
        // A download has already been read and hashed.
        var checkpoint = Describe(
            source.CheckpointPath, origin is null ? Checksum.OfFile(source.CheckpointPath, progress, ct) : origin.Sha256);
        return new(
            Path.GetFullPath(source.Directory),
            [checkpoint, .. others.OfType<string>().Select(path => Describe(path, Checksum.OfFile(path, null, ct)))],
            Emotion2vecGraph.Version, origin?.Address);
    }

    private static SourceFile Describe(string path, string? sha256)
    {
        var file = new FileInfo(path);
        return new(file.FullName, file.Length, file.LastWriteTimeUtc, sha256);
    }

    private sealed class ParameterCounter(IProgress<double> progress, long total) : IProgress<long>
    {
        public long Count { get; private set; }

        public void Report(long value)
        {
            Count = value;
            progress.Report((double)value / total);
        }
    }
}
