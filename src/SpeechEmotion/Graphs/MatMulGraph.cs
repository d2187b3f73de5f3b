using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;

namespace SpeechEmotion.Graphs;

/// <summary>A network with a single operator: <c>y = x w</c>, with square constant weights.</summary>
internal static class MatMulGraph
{
    /// <summary>Builds the product of floats [size, size] by floats [size, size].</summary>
    public static ModelProto Fp32(int size)
    {
        var graph = new OnnxGraph("ceiling");
        var input = graph.Input("x", size, size);
        float[] weights = [.. Enumerable.Range(0, size * size).Select(i => i % 17 / 17f)];
        graph.Output("y", graph.Node("MatMul", [input, graph.Constant("w", weights, size, size)]), size, size);
        return graph.ToModel();
    }

    /// <summary>
    /// Builds the product of dynamically quantized floats [rows, size] by int8 weights [size, size] with one scale per column, as in an
    /// int8 model.
    /// </summary>
    /// <param name="size">The number of rows and columns of the weights.</param>
    /// <param name="weight">Returns the weight at an index, row by row, in units of 1/127.</param>
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

    /// <summary>A weight at an index; the weights cover the whole range of -127 to 127.</summary>
    public static sbyte WholeRange(int index) => (sbyte)((index % ((2 * sbyte.MaxValue) + 1)) - sbyte.MaxValue);
}
