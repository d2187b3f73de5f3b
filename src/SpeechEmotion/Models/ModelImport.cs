using System.Text.Json;
using Google.Protobuf;
using SpeechEmotion.Checkpoints;
using SpeechEmotion.Graphs;

namespace SpeechEmotion.Models;

/// <summary>Makes a model folder of a FunASR folder: graph, weights, manifest.</summary>
internal static class ModelImport
{
    private const string GraphFile = "model.onnx";
    private const string WeightsFile = "weights.bin";

    // Shares of the whole, as measured on the released large checkpoint, so that progress moves evenly.
    private const double HashingShare = 0.5;
    private const double ConvertingShare = 0.35;

    /// <summary>Writes the model into a folder that does not exist yet.</summary>
    public static ModelManifest Run(
        FunAsrFolder source, string id, string directory, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        using var checkpoint = TorchCheckpoint.Open(source.CheckpointPath);
        var weights = new Emotion2vecWeights(checkpoint, source.Config);
        weights.CheckAll(source.Tokens?.Count ?? 0);
        var origin = Describe(source, new StageProgress(progress, id, ImportStage.Hashing, 0, HashingShare), ct);
        Directory.CreateDirectory(directory);
        var parameters = Convert(source, weights, directory, id, progress, ct);
        var checking = new StageProgress(
            progress, id, ImportStage.Checking, HashingShare + ConvertingShare, 1 - HashingShare - ConvertingShare);
        var manifest = new ModelManifest
        {
            Id = id,
            Hash = HashOf(origin),
            Precision = "fp32",
            License = ModelCatalogue.LicenseOf(id),
            Graph = GraphFile,
            Labels = source.Tokens,
            Dimension = source.Config.EmbedDimension,
            MinSamples = Emotion2vecConfig.ReceptiveField,
            Parameters = parameters,
            Source = origin,
            Files = [ModelFile.Measure(directory, GraphFile, null, ct), ModelFile.Measure(directory, WeightsFile, checking, ct)],
        };
        using var file = File.Create(Path.Combine(directory, ModelManifest.FileName));
        JsonSerializer.Serialize(file, manifest, ModelJsonContext.Default.ModelManifest);
        file.Flush(flushToDisk: true);
        return manifest;
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

    private static ModelSource Describe(FunAsrFolder source, StageProgress progress, CancellationToken ct)
    {
        string?[] paths = [source.CheckpointPath, source.ConfigPath, source.TokensPath];
        return new(Path.GetFullPath(source.Directory), [.. paths.OfType<string>().Select(Describe)], Emotion2vecGraph.Version);

        SourceFile Describe(string path)
        {
            var file = new FileInfo(path);
            var hash = Checksum.OfFile(path, path == source.CheckpointPath ? progress : null, ct);
            return new(file.FullName, file.Length, file.LastWriteTimeUtc, hash);
        }
    }

    private static string HashOf(ModelSource source) =>
        Checksum.OfLines([.. source.Files.Select(file => file.Sha256), $"graph {source.GraphVersion}"])[..16];

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
