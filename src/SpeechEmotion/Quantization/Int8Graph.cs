using Onnx;
using SpeechEmotion.Graphs;
using static SpeechEmotion.Graphs.OnnxGraph;

namespace SpeechEmotion.Quantization;

/// <summary>
/// Converts a float32 graph to one whose large matrix products are computed in 8-bit integers: weights are rounded once with one scale
/// per column, activations at each run with one scale for all, or one per row after a GELU. Norms, softmax, attention, biases and the
/// head stay float32. Because everything in a run shares the scale of the activations, a run processes one utterance.
/// </summary>
internal sealed class Int8Graph
{
    /// <summary>
    /// Changes whenever the same source graph would give another int8 graph or be computed differently, so that stored ones are created
    /// and certified again.
    /// </summary>
    public const int Version = 2;

    /// <summary>The lower bound of GELU is minus this (0.16997 at -0.75179).</summary>
    private const float LowestGelu = 0.17f;

    /// <summary>A product with fewer rows or columns of weights gains no speed.</summary>
    public const int LeastSize = 64;

    private readonly OnnxGraph _graph = new("int8", "q");
    private readonly Dictionary<string, string> _values = [];
    private readonly Dictionary<string, Int8Tensor> _rounded = [];
    private readonly SourceGraph _source;
    private readonly ExternalWeights _file;
    private readonly Int8Weights _weights;
    private readonly IProgress<double>? _progress;
    private readonly int _least;
    private readonly CancellationToken _ct;

    private Int8Graph(SourceGraph source, ExternalWeights file, int least, IProgress<double>? progress, CancellationToken ct)
    {
        (_source, _file, _least, _progress, _ct) = (source, file, least, progress, ct);
        _weights = new(source, _graph, file);
    }

    /// <summary>Writes the large tensors into <paramref name="file"/> and returns the graph that refers to them.</summary>
    /// <exception cref="InvalidDataException">The float32 graph is damaged.</exception>
    public static ModelProto Write(
        string path, ExternalWeights file, int least = LeastSize, IProgress<double>? progress = null, CancellationToken ct = default)
    {
        using var source = SourceGraph.Read(path);
        return new Int8Graph(source, file, least, progress, ct).Write();
    }

    private ModelProto Write()
    {
        _graph.TakeOver(_source.Graph.Input, _source.Graph.Output);
        foreach (var output in _source.Graph.Output)
        {
            // The outputs keep their names, whichever node produces them now.
            var value = Value(output.Name);
            if (value != output.Name)
                _graph.TakeOver(new NodeProto { OpType = "Identity", Output = { output.Name } }, [value]);
        }
        return _graph.ToModel();
    }

    /// <summary>The name of an original value in the new graph; creates its inputs first.</summary>
    private string Value(string value)
    {
        if (value.Length == 0 || _source.Graph.Input.Any(input => input.Name == value))
            return value;
        if (_values.TryGetValue(value, out var known))
            return known;
        _ct.ThrowIfCancellationRequested();
        if (_source.Constant(value) is { } constant)
            return _values[value] = Keep(constant);
        var node = _source.Producer(value) ?? throw new InvalidDataException($"No node produces the value {value}.");
        _progress?.Report(Math.Min(1, (double)_values.Count / _source.Graph.Node.Count));
        return _values[value] = Product(node) ?? Convolution(node) ?? Copy(node, value, node.Input.Select(Value));
    }

    private string Keep(TensorProto constant)
    {
        if (constant.DataLocation != TensorProto.Types.DataLocation.External)
            _graph.TakeOver(constant);
        else
            _graph.External(constant.Name, [.. constant.Dims], _file.FileName, _file.AppendBytes(_source.Bytes(constant)));
        return constant.Name;
    }

    /// <summary>Copies a node; if it has several outputs, registers all of them.</summary>
    private string Copy(NodeProto node, string value, IEnumerable<string> inputs)
    {
        _graph.TakeOver(node, [.. inputs]);
        foreach (var output in node.Output)
            _values[output] = output;
        return value;
    }

    /// <summary>A product with constant weights, including the bias that is added to it.</summary>
    private string? Product(NodeProto node)
    {
        var (product, bias) = node.OpType == "Add" ? Biased(node) : (node, "");
        if (product is not { OpType: "MatMul" } || _weights.SizeOf(product.Input[1]) is not var (rows, columns)
            || Math.Min(rows, columns) < _least)
        {
            return null;
        }
        if (_source.Producer(product.Input[0], "Gelu") is not null)
            return ProductOfRows(Value(product.Input[0]), Weights(), Value(bias));
        if (Windows(product.Input[0]) is not { } windows)
            return _graph.MicrosoftNode("DynamicQuantizeMatMul", [Value(product.Input[0]), .. Weights(), "", Value(bias)]);
        var weights = Weights();
        return _graph.MicrosoftNode(
            "MatMulIntegerToFloat", [windows.Values, weights[0], windows.Scale, weights[1], windows.Zero, "", Value(bias)]);

        string[] Weights() => _weights.Matrix(product.Input[1]) is var matrix ? [matrix.Values, matrix.Scale] : [];
    }

    /// <summary>
    /// The output of a GELU has few large values in few rows; a single scale would round the others away. Each row is therefore divided
    /// by its largest value before the product and multiplied by it afterwards.
    /// </summary>
    private string ProductOfRows(string rows, string[] weights, string bias)
    {
        var largest = _graph.Node("Max", [_graph.Node("ReduceMax", [rows, _graph.Integers(-1)]), _graph.Scalar(LowestGelu)]);
        var product = _graph.MicrosoftNode("DynamicQuantizeMatMul", [_graph.Node("Div", [rows, largest]), .. weights]);
        var scaled = _graph.Node("Mul", [product, largest]);
        return bias.Length > 0 ? _graph.Node("Add", [scaled, bias]) : scaled;
    }

    private (NodeProto? Product, string Bias) Biased(NodeProto sum)
    {
        foreach (var (value, bias) in new[] { (sum.Input[0], sum.Input[1]), (sum.Input[1], sum.Input[0]) })
        {
            if (_source.Constant(bias) is { Dims.Count: 1 } && _source.HasOneReader(value)
                && _source.Producer(value, "MatMul") is { } product)
            {
                return (product, bias);
            }
        }
        return default;
    }

    /// <summary>
    /// The windows of a convolution that is written as a product: slices of one value side by side. The value is rounded
    /// before it is sliced, so that only a quarter of the bytes are moved.
    /// </summary>
    private Int8Tensor? Windows(string value)
    {
        if (_source.Producer(value, "Concat") is not { } windows || !_source.HasOneReader(value))
            return null;
        var slices = windows.Input.Select(slice => _source.Producer(slice, "Slice")).ToArray();
        if (slices.Any(slice => slice is null || slice.Input[0] != slices[0]!.Input[0] || !_source.HasOneReader(slice.Output[0])))
            return null;
        var rounded = Rounded(slices[0]!.Input[0]);
        var inputs = slices.Select(slice => Copy(slice!, slice!.Output[0], [rounded.Values, .. slice.Input.Skip(1).Select(Value)]));
        return rounded with { Values = Copy(windows, value, [.. inputs]) };
    }

    /// <summary>A grouped convolution over the columns of rows: windows of the rounded rows times a matrix for each group.</summary>
    private string? Convolution(NodeProto node)
    {
        if (GroupedConvolution.Of(_source, node) is not { } convolution)
            return null;
        var (kernel, inputs) = ((int)convolution.Kernels.Dims[2], convolution.Kernels.Dims[1]);
        var rounded = Rounded(convolution.Rows);
        var (before, after) = (convolution.Pads[0], convolution.Pads[1]);
        var padded = _graph.Node("Pad", [rounded.Values, _graph.Integers(before, 0, after, 0), rounded.Zero]);
        var split = _graph.Node("Reshape", [padded, _graph.Integers(-1, convolution.Groups, inputs)]);
        var grouped = _graph.Node("Transpose", [split], Attribute("perm", [1, 0, 2]));
        var axis = _graph.Integers(1);
        string[] taps = [.. Enumerable.Range(0, kernel).Select(tap => _graph.Node(
            "Slice", [grouped, _graph.Integers(tap), _graph.Integers(tap == kernel - 1 ? long.MaxValue : tap + 1 - kernel), axis]))];
        var weights = _weights.Kernels(convolution.Kernels, convolution.Groups);
        var products = _graph.MicrosoftNode(
            "MatMulIntegerToFloat",
            [_graph.Node("Concat", taps, Attribute("axis", 2)), weights.Values, rounded.Scale, weights.Scale, rounded.Zero]);
        var rows = _graph.Node("Transpose", [products], Attribute("perm", [1, 0, 2]));
        return _graph.Node(
            "Add", [_graph.Node("Reshape", [rows, _graph.Integers(-1, convolution.Kernels.Dims[0])]), Value(convolution.Bias)]);
    }

    private Int8Tensor Rounded(string value)
    {
        if (_rounded.TryGetValue(value, out var known))
            return known;
        var parts = _graph.Nodes("DynamicQuantizeLinear", [Value(value)], 3);
        return _rounded[value] = new(parts[0], parts[1], parts[2]);
    }
}
