namespace SpeechEmotion.Checkpoints.Torch;

/// <summary>The positions of a tensor's elements in its storage, validated so that no index can leave it.</summary>
/// <param name="Shape">The dimensions.</param>
/// <param name="Strides">The number of elements per step of each dimension, not negative.</param>
/// <param name="First">The lowest index used.</param>
/// <param name="Span">The number of elements from the lowest index to the highest, both included; 0 for an empty tensor.</param>
/// <param name="Count">The number of elements.</param>
internal sealed record TensorLayout(long[] Shape, long[] Strides, long First, long Span, long Count)
{
    /// <summary>The largest span of a non-contiguous tensor that is read whole for reordering, in elements: 256 MB of float32.</summary>
    public const long MaxScatteredSpan = 1L << 26;

    private const long MaxCount = 1L << 40;

    /// <summary>Whether the elements are contiguous in row-major order.</summary>
    public bool IsContiguous
    {
        get
        {
            var expected = 1L;
            for (var axis = Shape.Length - 1; axis >= 0; axis--)
            {
                if (Shape[axis] != 1 && Strides[axis] != expected)
                    return Count == 0;
                expected *= Shape[axis];
            }
            return true;
        }
    }

    /// <summary>Computes the layout; null if the tensor contradicts itself, leaves its storage, or has overlapping elements.</summary>
    public static TensorLayout? Of(TorchTensor tensor)
    {
        Int128 count = 1, last = tensor.Offset;
        for (var axis = 0; axis < tensor.Shape.Length; axis++)
        {
            var (size, stride) = (tensor.Shape[axis], tensor.Strides[axis]);
            if (size is < 0 or > MaxCount || stride < 0)
                return null;
            count *= size;
            if (count > MaxCount)
                return null;
            last += (Int128)Math.Max(0, size - 1) * stride;
        }
        if (tensor.Offset < 0 || tensor.Offset > tensor.Storage.Count || (count > 0 && last >= tensor.Storage.Count))
            return null;
        var span = count == 0 ? 0 : (long)last - tensor.Offset + 1;
        // With overlapping elements, a small file could expand to a huge tensor; no weight has them.
        if (count > span)
            return null;
        return new(tensor.Shape, tensor.Strides, tensor.Offset, span, (long)count);
    }

    /// <summary>Copies the elements of the span in row-major order.</summary>
    public void Gather(ReadOnlySpan<float> span, Span<float> destination)
    {
        if (destination.IsEmpty)
            return;
        var (inner, stride) = (Shape[^1], Strides[^1]);
        var index = new long[Shape.Length];
        for (var done = 0; done < destination.Length; done += (int)inner)
        {
            var at = 0L;
            for (var axis = 0; axis < index.Length - 1; axis++)
                at += index[axis] * Strides[axis];
            for (var i = 0; i < inner; i++, at += stride)
                destination[done + i] = span[(int)at];
            for (var axis = index.Length - 2; axis >= 0 && ++index[axis] == Shape[axis]; axis--)
                index[axis] = 0;
        }
    }
}
