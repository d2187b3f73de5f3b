namespace SpeechEmotion.Checkpoints.Torch;

/// <summary>The memory block that a tensor refers to, as described by the pickle.</summary>
/// <param name="ElementType">The type of its elements.</param>
/// <param name="Key">Its name in the container.</param>
/// <param name="FirstElement">Its start in the block called <paramref name="Key"/>; not 0 only for old storage views.</param>
/// <param name="Count">The number of elements.</param>
internal sealed record TorchStorage(TorchElementType ElementType, string Key, long FirstElement, long Count);
