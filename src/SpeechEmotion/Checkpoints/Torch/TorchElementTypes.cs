namespace SpeechEmotion.Checkpoints.Torch;

/// <summary>Names and sizes of <see cref="TorchElementType"/>.</summary>
internal static class TorchElementTypes
{
    /// <summary>The type of a <c>torch.…Storage</c> class; null if there is no such class.</summary>
    public static TorchElementType? OfStorageClass(string name) => name switch
    {
        "FloatStorage" => TorchElementType.Float32,
        "HalfStorage" => TorchElementType.Float16,
        "BFloat16Storage" => TorchElementType.BFloat16,
        "DoubleStorage" => TorchElementType.Float64,
        "CharStorage" or "QInt8Storage" => TorchElementType.Int8,
        "ByteStorage" or "QUInt8Storage" or "UntypedStorage" => TorchElementType.UInt8,
        "ShortStorage" => TorchElementType.Int16,
        "IntStorage" or "QInt32Storage" => TorchElementType.Int32,
        "LongStorage" => TorchElementType.Int64,
        "BoolStorage" => TorchElementType.Boolean,
        "ComplexFloatStorage" => TorchElementType.Complex64,
        "ComplexDoubleStorage" => TorchElementType.Complex128,
        _ => null,
    };

    /// <summary>The number of bytes per element.</summary>
    public static int Size(this TorchElementType type) => type switch
    {
        TorchElementType.Int8 or TorchElementType.UInt8 or TorchElementType.Boolean => 1,
        TorchElementType.Float16 or TorchElementType.BFloat16 or TorchElementType.Int16 => 2,
        TorchElementType.Float32 or TorchElementType.Int32 => 4,
        TorchElementType.Float64 or TorchElementType.Int64 or TorchElementType.Complex64 => 8,
        _ => 16,
    };
}
