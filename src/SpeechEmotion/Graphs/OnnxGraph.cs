using System.Globalization;
using Google.Protobuf;
using Onnx;

namespace SpeechEmotion.Graphs;

/// <summary>
/// An ONNX graph under construction. Each call adds one node and returns the name of its output, so that the code of a network reads
/// like its formulas.
/// </summary>
/// <param name="name">The name of the graph.</param>
/// <param name="prefix">The prefix of all generated names, for a graph that copies values from another one.</param>
internal sealed class OnnxGraph(string name, string prefix = "")
{
    /// <summary>Opset 20 is the first one with an exact Gelu.</summary>
    private const int Opset = 20;

    private const int IrVersion = 9;

    /// <summary>The domain of ONNX Runtime's own operators.</summary>
    public const string Microsoft = "com.microsoft";

    private readonly GraphProto _graph = new() { Name = name };
    private int _nodes;

    /// <summary>Declares a float32 input; a null dimension is dynamic.</summary>
    public string Input(string input, params int?[] shape)
    {
        _graph.Input.Add(Describe(input, shape));
        return input;
    }

    /// <summary>Gives a value a public name and declares it as a float32 output.</summary>
    public void Output(string output, string value, params int?[] shape)
    {
        _graph.Node.Add(new NodeProto { OpType = "Identity", Input = { value }, Output = { output } });
        _graph.Output.Add(Describe(output, shape));
    }

    /// <summary>Adds a node with one output.</summary>
    public string Node(string op, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        Nodes(op, inputs, 1, attributes)[0];

    /// <summary>Adds a node of ONNX Runtime's own operators with one output; an empty input is omitted.</summary>
    public string MicrosoftNode(string op, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var output = Node(op, inputs, attributes);
        _graph.Node[^1].Domain = Microsoft;
        return output;
    }

    /// <summary>Adds a node with several outputs.</summary>
    public string[] Nodes(string op, ReadOnlySpan<string> inputs, int outputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var number = _nodes++;
        var node = new NodeProto { OpType = op, Name = $"{prefix}{op}_{number}" };
        node.Input.AddRange(inputs.ToArray());
        node.Attribute.AddRange(attributes.ToArray());
        for (var i = 0; i < outputs; i++)
            node.Output.Add(outputs == 1 ? $"{prefix}v{number}" : $"{prefix}v{number}_{i}");
        _graph.Node.Add(node);
        return [.. node.Output];
    }

    /// <summary>Adds a small float32 constant, stored in the graph itself.</summary>
    public string Constant(string constant, ReadOnlySpan<float> values, params long[] shape)
    {
        var tensor = new TensorProto { Name = constant, DataType = (int)TensorProto.Types.DataType.Float };
        tensor.Dims.AddRange(shape);
        tensor.RawData = ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values));
        _graph.Initializer.Add(tensor);
        return constant;
    }

    /// <summary>Adds a float32 scalar.</summary>
    public string Scalar(float value) => Constant($"{prefix}c{_graph.Initializer.Count}", [value]);

    /// <summary>Adds a one-dimensional int64 constant.</summary>
    public string Integers(params ReadOnlySpan<long> values)
    {
        var tensor = new TensorProto
        {
            Name = $"{prefix}c{_graph.Initializer.Count}",
            DataType = (int)TensorProto.Types.DataType.Int64,
            Dims = { values.Length },
        };
        tensor.RawData = ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values));
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>Adds an int64 scalar, which Range and Gather require.</summary>
    public string Integer(long value)
    {
        var constant = Integers(value);
        _graph.Initializer[^1].Dims.Clear();
        return constant;
    }

    /// <summary>Adds a tensor whose data is in the external file.</summary>
    public string External(
        string tensorName, ReadOnlySpan<long> shape, string file, (long Offset, long Length) place,
        TensorProto.Types.DataType type = TensorProto.Types.DataType.Float)
    {
        var tensor = new TensorProto
        {
            Name = tensorName,
            DataType = (int)type,
            DataLocation = TensorProto.Types.DataLocation.External,
        };
        tensor.Dims.AddRange(shape.ToArray());
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = file });
        tensor.ExternalData.Add(
            new StringStringEntryProto { Key = "offset", Value = place.Offset.ToString(CultureInfo.InvariantCulture) });
        tensor.ExternalData.Add(
            new StringStringEntryProto { Key = "length", Value = place.Length.ToString(CultureInfo.InvariantCulture) });
        _graph.Initializer.Add(tensor);
        return tensorName;
    }

    /// <summary>Copies inputs and outputs of another graph under their names.</summary>
    public void TakeOver(IEnumerable<ValueInfoProto> inputs, IEnumerable<ValueInfoProto> outputs)
    {
        _graph.Input.AddRange(inputs);
        _graph.Output.AddRange(outputs);
    }

    /// <summary>Copies a node of another graph with new inputs; its outputs keep their names.</summary>
    public void TakeOver(NodeProto node, IEnumerable<string> inputs)
    {
        var copy = node.Clone();
        copy.Input.Clear();
        copy.Input.AddRange(inputs);
        _graph.Node.Add(copy);
    }

    /// <summary>Copies a constant of another graph.</summary>
    public void TakeOver(TensorProto tensor) => _graph.Initializer.Add(tensor);

    /// <summary>The finished model.</summary>
    public ModelProto ToModel() => new()
    {
        IrVersion = IrVersion,
        ProducerName = "SpeechEmotion",
        Graph = _graph,
        OpsetImport =
        {
            new OperatorSetIdProto { Domain = "", Version = Opset },
            new OperatorSetIdProto { Domain = Microsoft, Version = 1 },
        },
    };

    public static AttributeProto Attribute(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Attribute(string name, float value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    public static AttributeProto Attribute(string name, params long[] values) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } };

    private static ValueInfoProto Describe(string value, int?[] shape)
    {
        var dimensions = new TensorShapeProto();
        foreach (var size in shape)
        {
            dimensions.Dim.Add(size is { } known
                ? new TensorShapeProto.Types.Dimension { DimValue = known }
                : new TensorShapeProto.Types.Dimension { DimParam = $"{value}_length" });
        }
        var type = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = dimensions };
        return new ValueInfoProto { Name = value, Type = new TypeProto { TensorType = type } };
    }
}
