namespace SpeechEmotion.Checkpoints.Torch;

/// <summary>A tensor as described by the pickle, not yet checked against the file.</summary>
/// <param name="Name">The key in the state dictionary.</param>
/// <param name="Shape">The dimensions; empty for a scalar.</param>
/// <param name="Strides">The number of elements from one index to the next, per dimension.</param>
/// <param name="Offset">The first element in <paramref name="Storage"/>.</param>
/// <param name="Storage">The storage with the elements.</param>
internal sealed record TorchTensor(string Name, long[] Shape, long[] Strides, long Offset, TorchStorage Storage)
{
    /// <summary>The type of the elements in the file.</summary>
    public TorchElementType ElementType => Storage.ElementType;
}
