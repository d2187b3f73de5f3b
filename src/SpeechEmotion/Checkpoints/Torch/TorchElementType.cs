namespace SpeechEmotion.Checkpoints.Torch;

/// <summary>Type of a tensor's elements. Only the floating ones can be read; the others must be known to be skipped.</summary>
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
