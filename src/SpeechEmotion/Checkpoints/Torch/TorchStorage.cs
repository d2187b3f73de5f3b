namespace SpeechEmotion.Checkpoints.Torch;

/// <summary>The memory block that a tensor looks into, as the pickle names it.</summary>
/// <param name="ElementType">Type of its elements.</param>
/// <param name="Key">Its name in the container.</param>
/// <param name="FirstElement">Where it begins in the block called <paramref name="Key"/>; not 0 only for old storage views.</param>
/// <param name="Count">Number of elements.</param>
internal sealed record TorchStorage(TorchElementType ElementType, string Key, long FirstElement, long Count);
