using System.Numerics.Tensors;
using SpeechEmotion.Checkpoints.Emotion2vec;

namespace SpeechEmotion.Graphs;

/// <summary>Copies tensors from a checkpoint to a graph, one at a time, in the layout that the graph requires.</summary>
internal sealed class GraphWeights(
    Emotion2vecWeights weights, OnnxGraph graph, ExternalWeights file, IProgress<long>? progress, CancellationToken ct)
{
    private const int TransposeTile = 32;

    private float[] _source = [];
    private float[] _target = [];
    private long _parameters;

    public bool Contains(string key) => weights.Contains(key);

    /// <summary>Adds a bias or a gain, stored in the graph itself.</summary>
    public string Vector(string key, int length, float factor = 1, int factorLength = 0)
    {
        var values = Read(key, [length]);
        TensorPrimitives.Multiply(values[..factorLength], factor, values[..factorLength]);
        return graph.Constant(key, values, length);
    }

    /// <summary>Reads a small tensor, for constants that are computed from it.</summary>
    public float[] Values(string key, params long[] shape) => Read(key, shape).ToArray();

    /// <summary>
    /// Adds the matrix of a Linear layer: [outputs, inputs] in the checkpoint, [inputs, outputs] in the graph. The first
    /// <paramref name="factorRows"/> outputs are multiplied by <paramref name="factor"/>.
    /// </summary>
    public string Linear(string key, int outputs, int inputs, float factor = 1, int factorRows = 0)
    {
        var source = Read(key, [outputs, inputs]);
        var scaled = source[..(factorRows * inputs)];
        TensorPrimitives.Multiply(scaled, factor, scaled);
        return Append(key, Transpose(source, outputs, inputs), [inputs, outputs]);
    }

    /// <summary>
    /// Adds the kernel of a convolution that the graph computes as a matrix product: [outputs, inputs, kernel] in the
    /// checkpoint, [kernel x inputs, outputs] in the graph.
    /// </summary>
    public string Kernel(string key, int outputs, int inputs, int kernel)
    {
        var source = Read(key, [outputs, inputs, kernel]);
        var target = Target(source.Length);
        for (var o = 0; o < outputs; o++)
        {
            for (var i = 0; i < inputs; i++)
            {
                for (var k = 0; k < kernel; k++)
                    target[((((k * inputs) + i) * outputs) + o)] = source[(((o * inputs) + i) * kernel) + k];
            }
        }
        return Append(key, target, [kernel * inputs, outputs]);
    }

    /// <summary>Adds a tensor in the checkpoint's own layout.</summary>
    public string Tensor(string key, params long[] shape) => Append(key, Read(key, shape), shape);

    private string Append(string key, ReadOnlySpan<float> values, ReadOnlySpan<long> shape) =>
        graph.External(key, shape, file.FileName, file.Append(values));

    private Span<float> Read(string key, ReadOnlySpan<long> shape)
    {
        ct.ThrowIfCancellationRequested();
        var count = checked((int)TensorPrimitives.Product(shape));
        if (_source.Length < count)
            _source = new float[count];
        var values = _source.AsSpan(0, count);
        weights.Read(key, shape, values);
        progress?.Report(_parameters += count);
        return values;
    }

    private Span<float> Target(int count)
    {
        if (_target.Length < count)
            _target = new float[count];
        return _target.AsSpan(0, count);
    }

    /// <summary>Transposes tile by tile: a plain double loop would miss the cache on every write.</summary>
    private Span<float> Transpose(ReadOnlySpan<float> source, int rows, int columns)
    {
        var target = Target(source.Length);
        for (var r0 = 0; r0 < rows; r0 += TransposeTile)
        {
            var r1 = Math.Min(r0 + TransposeTile, rows);
            for (var c0 = 0; c0 < columns; c0 += TransposeTile)
            {
                var c1 = Math.Min(c0 + TransposeTile, columns);
                for (var r = r0; r < r1; r++)
                {
                    for (var c = c0; c < c1; c++)
                        target[(c * rows) + r] = source[(r * columns) + c];
                }
            }
        }
        return target;
    }
}
