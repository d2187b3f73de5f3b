using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;

namespace SpeechEmotion.Graphs;

/// <summary>The network of one operator: <c>y = x w</c>, with square constant weights.</summary>
internal static class MatMulGraph
{
    /// <summary>Floats by floats, [size, size] by [size, size].</summary>
    public static ModelProto Fp32(int size)
    {
        var graph = new OnnxGraph("ceiling");
        var input = graph.Input("x", size, size);
        float[] weights = [.. Enumerable.Range(0, size * size).Select(i => i % 17 / 17f)];
        graph.Output("y", graph.Node("MatMul", [input, graph.Constant("w", weights, size, size)]), size, size);
        return graph.ToModel();
    }

    /// <summary>Floats, quantized as they come, by int8 weights with a scale for each column, as in an int8 form: [rows, size] by [size, size].</summary>
    /// <param name="size">Rows and columns of the weights.</param>
    /// <param name="weight">The weight at an index, row by row, in units of 1/127.</param>
    public static ModelProto Int8(int size, Func<int, sbyte> weight)
    {
        var graph = new OnnxGraph("ceiling");
        var input = graph.Input("x", null, size);
        float[] scales = [.. Enumerable.Repeat(1f / sbyte.MaxValue, size)];
        sbyte[] weights = [.. Enumerable.Range(0, size * size).Select(weight)];
        graph.TakeOver(new TensorProto
        {
            Name = "w",
            DataType = (int)TensorProto.Types.DataType.Int8,
            Dims = { size, size },
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<sbyte>(weights)),
        });
        graph.Output("y", graph.MicrosoftNode("DynamicQuantizeMatMul", [input, "w", graph.Constant("scales", scales, size)]), null, size);
        return graph.ToModel();
    }

    /// <summary>Weights over the whole range of -127 to 127.</summary>
    public static sbyte WholeRange(int index) => (sbyte)((index % ((2 * sbyte.MaxValue) + 1)) - sbyte.MaxValue);
}
