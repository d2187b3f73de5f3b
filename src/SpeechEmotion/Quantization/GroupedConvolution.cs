using Onnx;
using SpeechEmotion.Graphs;

namespace SpeechEmotion.Quantization;

/// <summary>
/// A grouped one-dimensional convolution over time, between rows of features, as <see cref="Emotion2vecGraph"/> writes it.
/// </summary>
/// <param name="Rows">The name of the input value, [T, D].</param>
/// <param name="Kernels">[D, D / groups, kernel].</param>
/// <param name="Bias">The name of the bias, [D].</param>
/// <param name="Groups">The number of groups.</param>
/// <param name="Pads">The zeros before and after.</param>
internal sealed record GroupedConvolution(string Rows, TensorProto Kernels, string Bias, int Groups, IReadOnlyList<long> Pads)
{
    /// <summary>The convolution whose rows a node outputs; null if it outputs none.</summary>
    public static GroupedConvolution? Of(SourceGraph source, NodeProto node)
    {
        if (node.OpType != "Transpose" || source.Producer(node.Input[0], "Squeeze") is not { } squeezed
            || source.Producer(squeezed.Input[0], "Conv") is not { Input.Count: 3 } convolution
            || source.Producer(convolution.Input[0], "Unsqueeze") is not { } batched
            || source.Producer(batched.Input[0], "Transpose") is not { } columns
            || source.Constant(convolution.Input[1]) is not { Dims.Count: 3 } kernels)
        {
            return null;
        }
        var groups = convolution.Attribute.FirstOrDefault(attribute => attribute.Name == "group")?.I ?? 1;
        var pads = convolution.Attribute.FirstOrDefault(attribute => attribute.Name == "pads")?.Ints;
        return groups > 1 && pads is { Count: 2 } ? new(columns.Input[0], kernels, convolution.Input[2], (int)groups, pads) : null;
    }
}
