using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Onnx;
using SpeechEmotion.Graphs;

namespace SpeechEmotion.Quantization;

/// <summary>
/// Rounds weights to 8-bit integers with one scale per column, so that the largest weight of a column becomes 127. Weights that are
/// already stored as such integers, widened by a Cast and a Mul, are used unchanged.
/// </summary>
internal sealed class Int8Weights(SourceGraph source, OnnxGraph graph, ExternalWeights file)
{
    /// <summary>Bits of a weight, its sign included.</summary>
    public const int Bits = 8;

    private const float Largest = (1 << (Bits - 1)) - 1;

    /// <summary>The rows and columns of a constant float32 matrix; null if the value is not one.</summary>
    public (int Rows, int Columns)? SizeOf(string value) => (source.Constant(value) ?? Narrow(value)?.Weights) is { Dims.Count: 2 } tensor
        && tensor.DataType is (int)TensorProto.Types.DataType.Float or (int)TensorProto.Types.DataType.Int8
            ? ((int)tensor.Dims[0], (int)tensor.Dims[1])
            : null;

    /// <summary>The matrix of a product, [rows, columns] with a scale for each column.</summary>
    public Int8Tensor Matrix(string value)
    {
        var (rows, columns) = SizeOf(value)!.Value;
        if (Narrow(value) is not { } narrow)
            return Add(value, source.Floats(source.Constant(value)!), 1, rows, columns);
        var integers = graph.External(
            $"{value}.int8", [rows, columns], file.FileName, file.AppendBytes(source.Bytes(narrow.Weights)),
            TensorProto.Types.DataType.Int8);
        return new(integers, graph.Constant($"{value}.scale", source.Floats(narrow.Scale), columns));
    }

    /// <summary>
    /// The kernels of a grouped convolution as one matrix per group: [groups x outputs, inputs, kernel] becomes
    /// [groups, kernel x inputs, outputs].
    /// </summary>
    public Int8Tensor Kernels(TensorProto tensor, int groups)
    {
        var (outputs, inputs, kernel) = ((int)tensor.Dims[0] / groups, (int)tensor.Dims[1], (int)tensor.Dims[2]);
        var values = source.Floats(tensor);
        var matrices = new float[values.Length];
        for (var o = 0; o < groups * outputs; o++)
        {
            for (var i = 0; i < inputs; i++)
            {
                for (var k = 0; k < kernel; k++)
                {
                    var row = (((o / outputs) * kernel) + k) * inputs;
                    matrices[((row + i) * outputs) + (o % outputs)] = values[(((o * inputs) + i) * kernel) + k];
                }
            }
        }
        return Add(tensor.Name, matrices, groups, kernel * inputs, outputs);
    }

    private (TensorProto Weights, TensorProto Scale)? Narrow(string value) => source.Producer(value, "Mul") is { } widened
        && source.Producer(widened.Input[0], "Cast") is { } cast
        && source.Constant(cast.Input[0]) is { DataType: (int)TensorProto.Types.DataType.Int8 } weights
        && source.Constant(widened.Input[1]) is { } scale
            ? (weights, scale)
            : null;

    private Int8Tensor Add(string name, float[] values, int matrices, int rows, int columns)
    {
        var scales = new float[matrices * columns];
        var integers = new sbyte[values.Length];
        var row = new float[columns];
        for (var matrix = 0; matrix < matrices; matrix++)
        {
            var scale = scales.AsSpan(matrix * columns, columns);
            for (var r = 0; r < rows; r++)
            {
                TensorPrimitives.Abs(Row(values, matrix, r), row);
                TensorPrimitives.Max(scale, row, scale);
            }
            TensorPrimitives.Divide(scale, Largest, scale);
            for (var r = 0; r < rows; r++)
            {
                TensorPrimitives.Divide(Row(values, matrix, r), scale, row);
                TensorPrimitives.Round<float>(row, row);
                // A column of zeros has the scale 0, and 0 / 0 becomes the integer 0.
                TensorPrimitives.ConvertSaturating<float, sbyte>(row, integers.AsSpan(((matrix * rows) + r) * columns, columns));
            }
        }
        var place = file.AppendBytes(MemoryMarshal.AsBytes<sbyte>(integers));
        long[] shape = matrices == 1 ? [rows, columns] : [matrices, rows, columns];
        return new(
            graph.External($"{name}.int8", shape, file.FileName, place, TensorProto.Types.DataType.Int8),
            graph.Constant($"{name}.scale", scales, matrices == 1 ? [columns] : [matrices, 1, columns]));

        Span<float> Row(float[] all, int matrix, int r) => all.AsSpan(((matrix * rows) + r) * columns, columns);
    }
}
