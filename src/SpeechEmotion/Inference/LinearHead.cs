using System.Numerics.Tensors;
using System.Text.Json;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Inference;

/// <summary>logits = W x + b for each frame. Being linear, the logits of frames average to those of the utterance.</summary>
/// <param name="weight">W, a row a label.</param>
/// <param name="bias">b, a number a label.</param>
internal sealed class LinearHead(float[][] weight, float[] bias)
{
    /// <summary>W, a row a label.</summary>
    public float[][] Weight { get; } = weight;

    /// <summary>b, a number a label.</summary>
    public float[] Bias { get; } = bias;

    /// <summary>Reads <c>{"weight": [[...]], "bias": [...]}</c>: one row of <paramref name="dimension"/> numbers a label.</summary>
    public static LinearHead Read(string path, int labels, int dimension)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var weight = document.RootElement.GetProperty("weight").EnumerateArray().Select(Floats).ToArray();
            var bias = Floats(document.RootElement.GetProperty("bias"));
            if (weight.Length == labels && bias.Length == labels && weight.All(row => row.Length == dimension))
                return new(weight, bias);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Damaged(path, labels, dimension, e);
        }
        throw Damaged(path, labels, dimension, null);
    }

    /// <summary>(T, dimension) to (T, labels).</summary>
    public float[] Apply(ReadOnlySpan<float> features, int frames)
    {
        var (labels, dimension) = (Bias.Length, Weight[0].Length);
        var logits = new float[frames * labels];
        for (var t = 0; t < frames; t++)
        {
            var frame = features.Slice(t * dimension, dimension);
            for (var k = 0; k < labels; k++)
                logits[(t * labels) + k] = TensorPrimitives.Dot(frame, Weight[k]) + Bias[k];
        }
        return logits;
    }

    private static ModelException Damaged(string path, int labels, int dimension, Exception? inner) => new(
        "model.damaged", $"The head {path} does not have {labels} rows of {dimension} weights. Install the model again.",
        $"分类头 {path} 不是 {labels} 行、每行 {dimension} 个权重。请重新安装该模型。", inner);

    private static float[] Floats(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetSingle())];
}
