namespace SpeechEmotion.Checkpoints;

/// <summary>
/// The tensors of a checkpoint by the model's own keys, whatever prefix they have in the file. Unlike FunASR, which leaves
/// random values where a tensor is missing or has another shape, it refuses such a file.
/// </summary>
internal sealed class Emotion2vecWeights(TorchCheckpoint checkpoint, Emotion2vecConfig config)
{
    private const string EncoderPrefix = "d2v_model.";

    // FunASR adds the last pair itself. The first is for released files whose config.yaml has lost its scope_map.
    private readonly ScopePair[] _scopes = [new(EncoderPrefix, ""), .. config.ScopeMap, new("module.", "")];

    /// <summary>True where the checkpoint has the tensor.</summary>
    public bool Contains(string key) => Find(key) is not null;

    /// <summary>Reads a tensor as float32, row-major.</summary>
    /// <exception cref="Errors.CheckpointException">The tensor is missing, has another shape, or is damaged.</exception>
    public void Read(string key, ReadOnlySpan<long> expectedShape, Span<float> destination) =>
        checkpoint.Read(Require(key, expectedShape), destination);

    /// <summary>Makes sure that every needed tensor is there, in the right shape and inside the file, without reading any.</summary>
    /// <param name="labels">Rows of the label head; 0 where there is none.</param>
    /// <exception cref="Errors.CheckpointException">The first problem.</exception>
    public void CheckAll(int labels)
    {
        var bytes = 0L;
        foreach (var (key, shape) in Emotion2vecTensors.Needed(config, labels))
            bytes += checkpoint.Check(Require(key, shape));
        if (config.UseAlibi && Contains(Emotion2vecTensors.AlibiScale))
            checkpoint.Check(Require(Emotion2vecTensors.AlibiScale, config.AlibiScaleShape));
        if (bytes > checkpoint.Length)
            throw CheckpointFaults.Damaged(checkpoint.Path, "its tensors share their data", "其张量共用同一份数据");
    }

    private TorchTensor Require(string key) => Find(key) ?? throw CheckpointFaults.MissingTensor(checkpoint.Path, key);

    private TorchTensor Require(string key, ReadOnlySpan<long> expectedShape)
    {
        var tensor = Require(key);
        return expectedShape.SequenceEqual(ShapeOf(key, tensor))
            ? tensor
            : throw CheckpointFaults.MisshapenTensor(checkpoint.Path, tensor.Name, tensor.Shape, expectedShape);
    }

    // Old fairseq files have one scale for all layers without a dimension for them.
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
