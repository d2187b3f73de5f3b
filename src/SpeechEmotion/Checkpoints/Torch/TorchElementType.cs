namespace SpeechEmotion.Checkpoints.Torch;

/// <summary>The type of a tensor's elements. Only floating-point types can be read; the others are known in order to skip them.</summary>
internal enum TorchElementType
{
    Float32,
    Float16,
    BFloat16,
    Float64,
    Int8,
    UInt8,
    Int16,
    Int32,
    Int64,
    Boolean,
    Complex64,
    Complex128,
}
