namespace SpeechEmotion.Checkpoints.Torch;

/// <summary>Where the elements of a tensor lie in its storage; checked, so that no index can leave it.</summary>
/// <param name="Shape">Dimensions.</param>
/// <param name="Strides">Elements per step of each dimension, not negative.</param>
/// <param name="First">Lowest index used.</param>
/// <param name="Span">Elements from the lowest index to the highest, both included; 0 for an empty tensor.</param>
/// <param name="Count">Number of elements.</param>
internal sealed record TensorLayout(long[] Shape, long[] Strides, long First, long Span, long Count)
{
    /// <summary>The widest tensor, in elements, that is read whole to be put in order: 256 MB of float32.</summary>
    public const long MaxScatteredSpan = 1L << 26;

    private const long MaxCount = 1L << 40;

    /// <summary>True where the elements follow each other in row-major order.</summary>
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

    /// <summary>The layout; null where the tensor contradicts itself, leaves its storage, or has elements that overlap.</summary>
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
        // Elements that share a place are how a small file unfolds into a huge tensor; a weight never has them.
        if (count > span)
            return null;
        return new(tensor.Shape, tensor.Strides, tensor.Offset, span, (long)count);
    }

    /// <summary>Puts the elements of the span in row-major order.</summary>
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
