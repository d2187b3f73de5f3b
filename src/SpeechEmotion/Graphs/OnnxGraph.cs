using System.Globalization;
using Google.Protobuf;
using Onnx;

namespace SpeechEmotion.Graphs;

/// <summary>
/// An ONNX graph in the making. Each call adds one node and returns the name of its output, so that a network reads as
/// the formulas it is made of.
/// </summary>
internal sealed class OnnxGraph(string name)
{
    /// <summary>Opset 20 is the first with an exact Gelu.</summary>
    private const int Opset = 20;

    private const int IrVersion = 9;

    private readonly GraphProto _graph = new() { Name = name };
    private int _nodes;

    /// <summary>Declares a float32 input; a null dimension is free.</summary>
    public string Input(string input, params int?[] shape)
    {
        _graph.Input.Add(Describe(input, shape));
        return input;
    }

    /// <summary>Gives a value a public name and declares it a float32 output.</summary>
    public void Output(string output, string value, params int?[] shape)
    {
        _graph.Node.Add(new NodeProto { OpType = "Identity", Input = { value }, Output = { output } });
        _graph.Output.Add(Describe(output, shape));
    }

    /// <summary>Adds a node with one output.</summary>
    public string Node(string op, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        Nodes(op, inputs, 1, attributes)[0];

    /// <summary>Adds a node with several outputs.</summary>
    public string[] Nodes(string op, ReadOnlySpan<string> inputs, int outputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var number = _nodes++;
        var node = new NodeProto { OpType = op, Name = $"{op}_{number}" };
        node.Input.AddRange(inputs.ToArray());
        node.Attribute.AddRange(attributes.ToArray());
        for (var i = 0; i < outputs; i++)
            node.Output.Add(outputs == 1 ? $"v{number}" : $"v{number}_{i}");
        _graph.Node.Add(node);
        return [.. node.Output];
    }

    /// <summary>A small float32 constant that lies in the graph itself.</summary>
    public string Constant(string constant, ReadOnlySpan<float> values, params long[] shape)
    {
        var tensor = new TensorProto { Name = constant, DataType = (int)TensorProto.Types.DataType.Float };
        tensor.Dims.AddRange(shape);
        tensor.RawData = ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values));
        _graph.Initializer.Add(tensor);
        return constant;
    }

    /// <summary>A float32 scalar.</summary>
    public string Scalar(float value) => Constant($"c{_graph.Initializer.Count}", [value]);

    /// <summary>A one-dimensional int64 constant.</summary>
    public string Integers(params ReadOnlySpan<long> values)
    {
        var tensor = new TensorProto
        {
            Name = $"c{_graph.Initializer.Count}",
            DataType = (int)TensorProto.Types.DataType.Int64,
            Dims = { values.Length },
        };
        tensor.RawData = ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values));
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>An int64 scalar, as Range and Gather want it.</summary>
    public string Integer(long value)
    {
        var constant = Integers(value);
        _graph.Initializer[^1].Dims.Clear();
        return constant;
    }

    /// <summary>A float32 tensor whose data lie in the external file.</summary>
    public string External(string tensorName, ReadOnlySpan<long> shape, string file, long offset, long length)
    {
        var tensor = new TensorProto
        {
            Name = tensorName,
            DataType = (int)TensorProto.Types.DataType.Float,
            DataLocation = TensorProto.Types.DataLocation.External,
        };
        tensor.Dims.AddRange(shape.ToArray());
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = file });
        tensor.ExternalData.Add(
            new StringStringEntryProto { Key = "offset", Value = offset.ToString(CultureInfo.InvariantCulture) });
        tensor.ExternalData.Add(
            new StringStringEntryProto { Key = "length", Value = length.ToString(CultureInfo.InvariantCulture) });
        _graph.Initializer.Add(tensor);
        return tensorName;
    }

    /// <summary>The finished model.</summary>
    public ModelProto ToModel() => new()
    {
        IrVersion = IrVersion,
        ProducerName = "SpeechEmotion",
        Graph = _graph,
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = Opset } },
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
