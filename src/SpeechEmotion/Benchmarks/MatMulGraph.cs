using Google.Protobuf;
using Onnx;
using SpeechEmotion.Graphs;

namespace SpeechEmotion.Benchmarks;

/// <summary>The network of one operator: <c>y = x w</c>, all three square, with constant weights.</summary>
internal static class MatMulGraph
{
    /// <summary>ONNX Runtime's own operators; the standard has none that multiplies floats by packed int8 weights.</summary>
    private const string RuntimeDomain = "com.microsoft";

    /// <summary>Processors without VNNI add two products in 16 bits, which larger weights would overflow.</summary>
    private const int LargestWeight = 63;

    /// <summary>Floats by floats.</summary>
    public static ModelProto Fp32(int size)
    {
        var graph = new OnnxGraph("ceiling");
        var input = graph.Input("x", size, size);
        float[] weights = [.. Enumerable.Range(0, size * size).Select(i => i % 17 / 17f)];
        graph.Output("y", graph.Node("MatMul", [input, graph.Constant("w", weights, size, size)]), size, size);
        return graph.ToModel();
    }

    /// <summary>Floats, quantized as they come, by int8 weights with a scale for each column.</summary>
    public static ModelProto Int8(int size)
    {
        var graph = new OnnxGraph("ceiling");
        graph.Input("x", size, size);
        float[] scales = [.. Enumerable.Repeat(1f / LargestWeight, size)];
        graph.Constant("scales", scales, size);
        graph.Output("y", "product", size, size);
        var model = graph.ToModel();
        byte[] weights = [.. Enumerable.Range(0, size * size).Select(i => (byte)(sbyte)((i % ((2 * LargestWeight) + 1)) - LargestWeight))];
        model.Graph.Initializer.Add(new TensorProto
        {
            Name = "w",
            DataType = (int)TensorProto.Types.DataType.Int8,
            Dims = { size, size },
            RawData = ByteString.CopyFrom(weights),
        });
        // Nodes stand in the order in which they run.
        model.Graph.Node.Insert(0, new NodeProto
        {
            OpType = "DynamicQuantizeMatMul",
            Domain = RuntimeDomain,
            Input = { "x", "w", "scales" },
            Output = { "product" },
        });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = RuntimeDomain, Version = 1 });
        return model;
    }
}
