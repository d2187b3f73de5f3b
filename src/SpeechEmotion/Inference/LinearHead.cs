using System.Numerics.Tensors;
using System.Text.Json;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Inference;

/// <summary>Computes logits = W x + b for each frame. Because this is linear, the frames' logits average to the utterance's.</summary>
/// <param name="weight">W, one row per label.</param>
/// <param name="bias">b, one number per label.</param>
internal sealed class LinearHead(float[][] weight, float[] bias)
{
    /// <summary>W, one row per label.</summary>
    public float[][] Weight { get; } = weight;

    /// <summary>b, one number per label.</summary>
    public float[] Bias { get; } = bias;

    /// <summary>Reads <c>{"weight": [[...]], "bias": [...]}</c>: one row of <paramref name="dimension"/> numbers per label.</summary>
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

    /// <summary>Maps features (T, dimension) to logits (T, labels).</summary>
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
