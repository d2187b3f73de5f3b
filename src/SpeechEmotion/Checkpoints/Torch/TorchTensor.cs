namespace SpeechEmotion.Checkpoints.Torch;

/// <summary>A tensor as the pickle describes it. Nothing of it has been checked against the file.</summary>
/// <param name="Name">Its key in the state dictionary.</param>
/// <param name="Shape">Its dimensions; empty for a scalar.</param>
/// <param name="Strides">Elements from one index to the next, per dimension.</param>
/// <param name="Offset">Its first element in <paramref name="Storage"/>.</param>
/// <param name="Storage">Where its elements lie.</param>
internal sealed record TorchTensor(string Name, long[] Shape, long[] Strides, long Offset, TorchStorage Storage)
{
    /// <summary>Type of its elements in the file.</summary>
    public TorchElementType ElementType => Storage.ElementType;
}
