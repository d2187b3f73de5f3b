using Onnx;
using SpeechEmotion.Checkpoints.Emotion2vec;
using static SpeechEmotion.Graphs.OnnxGraph;

namespace SpeechEmotion.Graphs;

/// <summary>
/// Writes emotion2vec as an ONNX graph. Input: <c>waveform</c> [1, samples] at 16 kHz. Outputs: <c>frames</c> [T, D] and, if the
/// checkpoint has a head, <c>logits</c> [T, labels]; T = floor((samples - 400) / 320) + 1. One utterance at a time,
/// no masks. Ma et al. 2023 (emotion2vec) on Baevski et al. 2022 (data2vec 2.0), as FunASR runs it.
/// </summary>
internal sealed class Emotion2vecGraph
{
    /// <summary>
    /// The version, increased whenever an import of the same checkpoint would write something else, so that models are imported again.
    /// </summary>
    public const int Version = 3;

    public const string Waveform = "waveform";
    public const string Frames = "frames";
    public const string Logits = "logits";

    private const string Audio = Emotion2vecTensors.Audio;

    /// <summary>The epsilon of the reference's layer norms unless the configuration sets another.</summary>
    private const float Epsilon = 1e-5f;

    private readonly OnnxGraph _graph = new("emotion2vec");
    private readonly Emotion2vecConfig _config;
    private readonly GraphWeights _weights;
    private readonly TransformerBlock _block;
    private readonly int _labels;

    private Emotion2vecGraph(
        Emotion2vecConfig config, int labels, Emotion2vecWeights weights, ExternalWeights file,
        IProgress<long>? progress, CancellationToken ct)
    {
        _config = config;
        _labels = labels;
        _weights = new(weights, _graph, file, progress, ct);
        _block = new(_graph, _weights, config);
    }

    /// <summary>
    /// Writes the large tensors to <paramref name="file"/> and returns the graph that refers to them;
    /// <paramref name="labels"/> is 0 without a head, <paramref name="progress"/> receives the number of parameters written so far.
    /// </summary>
    public static ModelProto Write(
        Emotion2vecConfig config, int labels, Emotion2vecWeights weights, ExternalWeights file,
        IProgress<long>? progress = null, CancellationToken ct = default) =>
        new Emotion2vecGraph(config, labels, weights, file, progress, ct).Write();

    private ModelProto Write()
    {
        var waveform = _graph.Input(Waveform, 1, null);
        var projected = Project(LocalEncoder(_config.Normalize ? NormalizeWaveform(waveform) : waveform));
        var positioned = _graph.Node("Add", [projected, PositionalEncoder(projected)]);
        var frames = Transformer(positioned);
        _graph.Output(Frames, frames, null, _config.EmbedDimension);
        if (_labels > 0)
        {
            var product = _graph.Node("MatMul", [frames, _weights.Linear("proj.weight", _labels, _config.EmbedDimension)]);
            var logits = _graph.Node("Add", [product, _weights.Vector("proj.bias", _labels)]);
            _graph.Output(Logits, logits, null, _labels);
        }
        return _graph.ToModel();
    }

    /// <summary>Computes (x - mean) / sqrt(var + 1e-5) over the whole waveform, with the population variance.</summary>
    private string NormalizeWaveform(string waveform)
    {
        var time = _graph.Integers(1);
        var centered = _graph.Node("Sub", [waveform, _graph.Node("ReduceMean", [waveform, time])]);
        var variance = _graph.Node("ReduceMean", [_graph.Node("Mul", [centered, centered]), time]);
        var deviation = _graph.Node("Sqrt", [_graph.Node("Add", [variance, _graph.Scalar(Epsilon)])]);
        return _graph.Node("Div", [centered, deviation]);
    }

    /// <summary>
    /// Convolution, layer norm over channels, GELU, seven times. Time runs along rows and channels along columns, so that each
    /// convolution is one matrix product over the concatenated samples of its window and no layer needs a transpose.
    /// </summary>
    private string LocalEncoder(string waveform)
    {
        var x = _graph.Node("Reshape", [waveform, _graph.Integers(-1, 1)]);
        var inputs = 1;
        for (var i = 0; i < _config.ConvLayers.Count; i++)
        {
            var (channels, kernel, stride) = _config.ConvLayers[i];
            var key = $"{Audio}local_encoder.conv_layers.{i}.";
            var windows = Windows(x, kernel, stride);
            x = _graph.Node("MatMul", [windows, _weights.Kernel($"{key}0.weight", channels, inputs, kernel)]);
            x = _graph.Node("Gelu", [_block.LayerNorm(x, $"{key}2.1.", channels, Epsilon)]);
            inputs = channels;
        }
        return x;
    }

    /// <summary>[L, C] to [(L - kernel) / stride + 1, kernel x C]: the input rows of each output of a convolution.</summary>
    private string Windows(string x, int kernel, int stride)
    {
        var taps = new string[kernel];
        for (var j = 0; j < kernel; j++)
        {
            var end = j == kernel - 1 ? long.MaxValue : j + 1 - kernel;
            taps[j] = _graph.Node(
                "Slice", [x, _graph.Integers(j), _graph.Integers(end), _graph.Integers(0), _graph.Integers(stride)]);
        }
        return _graph.Node("Concat", taps, Attribute("axis", 1));
    }

    private string Project(string x)
    {
        var (channels, dimension, key) = (_config.ConvChannels, _config.EmbedDimension, $"{Audio}project_features.");
        var normed = _block.LayerNorm(x, $"{key}1.", channels, Epsilon);
        var product = _graph.Node("MatMul", [normed, _weights.Linear($"{key}2.weight", dimension, channels)]);
        return _graph.Node("Add", [product, _weights.Vector($"{key}2.bias", dimension)]);
    }

    /// <summary>Grouped convolutions, each followed by a layer norm without gain and by GELU, chained without residuals.</summary>
    private string PositionalEncoder(string x)
    {
        var (dimension, kernel, groups) = (_config.EmbedDimension, _config.PositionKernel, _config.PositionGroups);
        var batch = _graph.Integers(0);
        for (var i = 1; i <= _config.PositionDepth; i++)
        {
            var key = $"{Audio}relative_positional_encoder.{i}.0.";
            var columns = _graph.Node("Unsqueeze", [_graph.Node("Transpose", [x], Attribute("perm", [1, 0])), batch]);
            var weight = _weights.Tensor($"{key}weight", dimension, dimension / groups, kernel);
            var bias = _weights.Vector($"{key}bias", dimension);
            // An even kernel with padding on both sides yields one step too many; the reference drops the last one.
            var right = kernel % 2 == 0 ? (kernel / 2) - 1 : kernel / 2;
            var convolved = _graph.Node(
                "Conv", [columns, weight, bias], Attribute("group", groups), Attribute("pads", [kernel / 2, right]));
            var rows = _graph.Node("Transpose", [_graph.Node("Squeeze", [convolved, batch])], Attribute("perm", [1, 0]));
            x = _graph.Node("Gelu", [_block.PlainLayerNorm(rows, Epsilon)]);
        }
        return x;
    }

    private string Transformer(string positioned)
    {
        var biases = new AlibiBias(_graph, _weights, _config, positioned);
        var shape = new long[] { 1, _config.ExtraTokens, _config.EmbedDimension };
        var tokens = _graph.Constant("extra_tokens", _weights.Values($"{Audio}extra_tokens", shape), shape[1..]);
        var x = _graph.Node("Concat", [tokens, positioned], Attribute("axis", 0));
        if (!_config.LayerNormFirst)
            x = _block.Norm(x, $"{Audio}context_encoder.norm.");
        for (var i = 0; i < _config.PrenetDepth; i++)
            x = _block.Add(x, $"{Audio}context_encoder.blocks.{i}.", biases.ForLayer(i));
        for (var i = 0; i < _config.Depth; i++)
            x = _block.Add(x, $"blocks.{i}.", biases.ForLayer(_config.PrenetDepth + i));
        if (_config.LayerNormFirst)
            x = _block.Norm(x, "norm.");
        return _graph.Node("Slice", [x, _graph.Integers(_config.ExtraTokens), _graph.Integers(long.MaxValue), _graph.Integers(0)]);
    }
}
