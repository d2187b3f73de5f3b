using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SpeechEmotion.Checkpoints.Torch;

namespace SpeechEmotion.Checkpoints.Emotion2vec;

/// <summary>
/// The tensors of a checkpoint by the model's own keys, whatever prefix they have in the file. If a tensor is missing or has
/// another shape, FunASR keeps random values; this class rejects the file.
/// </summary>
internal sealed class Emotion2vecWeights(TorchCheckpoint checkpoint, Emotion2vecConfig config)
{
    private const string EncoderPrefix = "d2v_model.";

    // FunASR adds the last pair itself. The first one is for released files whose config.yaml has lost its scope_map.
    private readonly ScopePair[] _scopes = [new(EncoderPrefix, ""), .. config.ScopeMap, new("module.", "")];

    /// <summary>Whether the checkpoint contains the tensor.</summary>
    public bool Contains(string key) => Find(key) is not null;

    /// <summary>Reads a tensor as float32, row-major.</summary>
    /// <exception cref="Errors.CheckpointException">The tensor is missing, has another shape, or is damaged.</exception>
    public void Read(string key, ReadOnlySpan<long> expectedShape, Span<float> destination) =>
        checkpoint.Read(Require(key, expectedShape), destination);

    /// <summary>Checks, without reading any data, that every required tensor exists with the right shape and inside the file.</summary>
    /// <param name="labels">The number of rows of the label head; 0 if there is none.</param>
    /// <exception cref="Errors.CheckpointException">The first problem.</exception>
    public void CheckAll(int labels)
    {
        if (Needed(labels).Sum(tensor => checkpoint.Check(Require(tensor.Key, tensor.Shape))) > checkpoint.Length)
            throw CheckpointErrors.Damaged(checkpoint.Path, "its tensors share their data", "其张量共用同一份数据");
    }

    /// <summary>The required tensors as stored in the checkpoint.</summary>
    /// <param name="labels">The number of rows of the label head; 0 if there is none.</param>
    /// <exception cref="Errors.CheckpointException">A tensor is missing or has another shape.</exception>
    public IEnumerable<TorchTensor> Tensors(int labels) => Needed(labels).Select(tensor => Require(tensor.Key, tensor.Shape));

    /// <summary>
    /// Computes the SHA-256 over the required tensors in the order of their keys: for each its key, a line feed, its shape with commas,
    /// a line feed, and its values as little-endian float32. Lower-case hexadecimal.
    /// </summary>
    /// <param name="labels">The number of rows of the label head; 0 if there is none.</param>
    /// <param name="progress">Receives the completed share, 0 to 1.</param>
    /// <param name="ct">Cancels the computation.</param>
    public string Hash(int labels, IProgress<double>? progress, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        (string Key, long[] Shape)[] needed = [.. Needed(labels).OrderBy(tensor => tensor.Key, StringComparer.Ordinal)];
        var values = new float[needed.Max(tensor => Count(tensor.Shape))];
        var (done, total) = (0L, needed.Sum(tensor => Count(tensor.Shape)));
        foreach (var (key, shape) in needed)
        {
            ct.ThrowIfCancellationRequested();
            var tensor = values.AsSpan(0, (int)Count(shape));
            Read(key, shape, tensor);
            hash.AppendData(Encoding.UTF8.GetBytes($"{key}\n{string.Join(',', shape)}\n"));
            hash.AppendData(MemoryMarshal.AsBytes(tensor));
            progress?.Report((double)(done += tensor.Length) / total);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The required tensors. A learned scale of the attention bias is read if present, whatever the configuration says.</summary>
    private IEnumerable<(string Key, long[] Shape)> Needed(int labels)
    {
        var needed = Emotion2vecTensors.Needed(config, labels);
        return config is { UseAlibi: true, LearnedAlibiScale: false } && Contains(Emotion2vecTensors.AlibiScale)
            ? needed.Append((Emotion2vecTensors.AlibiScale, config.AlibiScaleShape))
            : needed;
    }

    private static long Count(long[] shape) => shape.Aggregate(1L, (a, b) => a * b);

    private TorchTensor Require(string key) => Find(key) ?? throw CheckpointErrors.MissingTensor(checkpoint.Path, key);

    private TorchTensor Require(string key, ReadOnlySpan<long> expectedShape)
    {
        var tensor = Require(key);
        return expectedShape.SequenceEqual(ShapeOf(key, tensor))
            ? tensor
            : throw CheckpointErrors.MisshapenTensor(checkpoint.Path, tensor.Name, tensor.Shape, expectedShape);
    }

    // Old fairseq files have a single scale for all layers, without the dimension for layers.
    private static long[] ShapeOf(string key, TorchTensor tensor) =>
        key == Emotion2vecTensors.AlibiScale && tensor.Shape.Length == 4 ? [1, .. tensor.Shape] : tensor.Shape;

    private TorchTensor? Find(string key)
    {
        var found = checkpoint.Tensors.GetValueOrDefault(key);
        foreach (var (source, destination) in _scopes)
        {
            if (key.StartsWith(destination, StringComparison.Ordinal))
                found = checkpoint.Tensors.GetValueOrDefault(source + key[destination.Length..], found!);
        }
        return found;
    }
}
