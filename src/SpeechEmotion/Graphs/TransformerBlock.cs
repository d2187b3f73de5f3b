using SpeechEmotion.Checkpoints.Emotion2vec;
using static SpeechEmotion.Graphs.OnnxGraph;

namespace SpeechEmotion.Graphs;

/// <summary>Adds transformer blocks to a graph: attention with additive biases, then a two-layer perceptron.</summary>
internal sealed class TransformerBlock(OnnxGraph graph, GraphWeights weights, Emotion2vecConfig config)
{
    private readonly int _dimension = config.EmbedDimension;
    private readonly int _heads = config.Heads;
    private string? _ones;

    /// <summary>Adds a block: [N, D] to [N, D].</summary>
    /// <param name="x">The rows.</param>
    /// <param name="key">The prefix of the block's tensors, with its dot.</param>
    /// <param name="bias">Attention bias [1, heads, N, N]; null for none.</param>
    public string Add(string x, string key, string? bias)
    {
        if (!config.LayerNormFirst)
        {
            x = Norm(graph.Node("Add", [x, Attention(x, key, bias)]), $"{key}norm1.");
            return Norm(graph.Node("Add", [x, Perceptron(x, key)]), $"{key}norm2.");
        }
        x = graph.Node("Add", [x, Attention(Norm(x, $"{key}norm1."), key, bias)]);
        // The reference adds the perceptron's output to itself here, not to x; checkpoints were trained that way.
        var m = Perceptron(Norm(x, $"{key}norm2."), key);
        return graph.Node("Add", [m, m]);
    }

    /// <summary>Layer norm over the last axis with the checkpoint's gain and bias.</summary>
    public string LayerNorm(string x, string key, int length, float epsilon) => graph.Node(
        "LayerNormalization", [x, weights.Vector($"{key}weight", length), weights.Vector($"{key}bias", length)],
        Attribute("epsilon", epsilon));

    /// <summary>Layer norm over rows of D without gain and bias.</summary>
    public string PlainLayerNorm(string x, float epsilon)
    {
        _ones ??= graph.Constant("ones", Enumerable.Repeat(1f, _dimension).ToArray(), _dimension);
        return graph.Node("LayerNormalization", [x, _ones], Attribute("epsilon", epsilon));
    }

    /// <summary>The norm of a block, over rows of D.</summary>
    public string Norm(string x, string key) => config.NormAffine
        ? LayerNorm(x, key, _dimension, config.NormEpsilon)
        : PlainLayerNorm(x, config.NormEpsilon);

    /// <summary>
    /// softmax(q kᵀ / sqrt(D / heads) + bias) v. The scale of q is multiplied into its weights once, during the export.
    /// </summary>
    private string Attention(string x, string key, string? bias)
    {
        var scale = 1 / MathF.Sqrt(config.HeadDimension);
        var matrix = weights.Linear($"{key}attn.qkv.weight", 3 * _dimension, _dimension, scale, _dimension);
        var offset = weights.Vector($"{key}attn.qkv.bias", 3 * _dimension, scale, _dimension);
        var qkv = graph.Node("Add", [graph.Node("MatMul", [x, matrix]), offset]);
        var parts = graph.Nodes("Split", [qkv], 3, Attribute("axis", 1), Attribute("num_outputs", 3));
        var batch = graph.Integers(0);
        string[] inputs = [.. parts.Select(part => graph.Node("Unsqueeze", [part, batch]))];
        var mixed = graph.MicrosoftNode(
            "MultiHeadAttention",
            bias is null ? inputs : [.. inputs, "", "", bias],
            Attribute("num_heads", _heads),
            Attribute("scale", 1f));
        return Linear(graph.Node("Squeeze", [mixed, batch]), $"{key}attn.proj.", _dimension, _dimension);
    }

    private string Perceptron(string x, string key)
    {
        var hidden = graph.Node("Gelu", [Linear(x, $"{key}mlp.fc1.", config.HiddenDimension, _dimension)]);
        return Linear(hidden, $"{key}mlp.fc2.", _dimension, config.HiddenDimension);
    }

    private string Linear(string x, string key, int outputs, int inputs)
    {
        var product = graph.Node("MatMul", [x, weights.Linear($"{key}weight", outputs, inputs)]);
        return graph.Node("Add", [product, weights.Vector($"{key}bias", outputs)]);
    }
}
