using SpeechEmotion.Checkpoints.Emotion2vec;
using static SpeechEmotion.Graphs.OnnxGraph;

namespace SpeechEmotion.Graphs;

/// <summary>
/// The attention biases of each layer: minus the distance of two frames, times the slope of the head, times a learned scale
/// (never below 0). Extra tokens have no position: their bias to and from everything is 0.
/// </summary>
internal sealed class AlibiBias
{
    private readonly OnnxGraph _graph;
    private readonly Emotion2vecConfig _config;
    private readonly float[]? _scales;
    private readonly int _scaleLayers;
    private readonly string? _distances;
    private string? _shared;

    /// <summary>Computes the distances for as many frames as <paramref name="frames"/> has rows.</summary>
    public AlibiBias(OnnxGraph graph, GraphWeights weights, Emotion2vecConfig config, string frames)
    {
        (_graph, _config) = (graph, config);
        if (!config.UseAlibi)
            return;
        var stored = weights.Contains(Emotion2vecTensors.AlibiScale);
        _scales = stored ? weights.Values(Emotion2vecTensors.AlibiScale, config.AlibiScaleShape) : [config.AlibiScale];
        _scaleLayers = stored ? (int)config.AlibiScaleShape[0] : 1;
        _distances = Distances(frames);
    }

    /// <summary>The bias [1, heads, N, N] of one layer; null if the model has none.</summary>
    public string? ForLayer(int layer)
    {
        if (_scales is null)
            return null;
        if (_scaleLayers == 1 && _shared is not null)
            return _shared;
        var bias = _graph.Node("Mul", [_distances!, Factors(_scaleLayers == 1 ? 0 : layer)]);
        return _shared = bias;
    }

    /// <summary>Slope times scale of each head; heads beyond num_alibi_heads get 0.</summary>
    private string Factors(int layer)
    {
        var slopes = Alibi.Slopes(_config.AlibiHeads);
        var scaleHeads = _scales!.Length / _scaleLayers;
        var factors = new float[_config.Heads];
        for (var h = 0; h < slopes.Length; h++)
            factors[h] = slopes[h] * Math.Max(_scales[(layer * scaleHeads) + (scaleHeads == 1 ? 0 : h)], 0);
        return _graph.Constant($"alibi_factors_{layer}", factors, factors.Length, 1, 1);
    }

    /// <summary>-|i - j| over the frames, with rows and columns of zeros in front for the extra tokens.</summary>
    private string Distances(string frames)
    {
        var count = _graph.Node("Gather", [_graph.Node("Shape", [frames]), _graph.Integer(0)]);
        var times = _graph.Node(
            "Cast", [_graph.Node("Range", [_graph.Integer(0), count, _graph.Integer(1)])], Attribute("to", 1));
        var rows = _graph.Node("Unsqueeze", [times, _graph.Integers(1)]);
        var columns = _graph.Node("Unsqueeze", [times, _graph.Integers(0)]);
        var distances = _graph.Node("Neg", [_graph.Node("Abs", [_graph.Node("Sub", [rows, columns])])]);
        var padded = _graph.Node("Pad", [distances, _graph.Integers(_config.ExtraTokens, _config.ExtraTokens, 0, 0)]);
        return _graph.Node("Unsqueeze", [padded, _graph.Integers(0, 1)]);
    }
}
