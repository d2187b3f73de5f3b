using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SpeechEmotion.Checkpoints.Torch;

/// <summary>The elements of a storage, read as float32 in small blocks.</summary>
internal sealed class TensorElements(SafeFileHandle file, string path, TorchElementType type, FileExtent extent)
{
    // The number of elements that are read directly into the destination at once: 4 MB.
    private const int MaxDirectRead = 1 << 20;
    private const int BufferLength = 1 << 16;

    /// <summary>Fills the destination with the elements starting at <paramref name="first"/>.</summary>
    public void Read(long first, Span<float> destination)
    {
        var size = type.Size();
        var position = extent.Start + first * size;
        if (type == TorchElementType.Float32)
        {
            for (; !destination.IsEmpty; destination = destination[Math.Min(destination.Length, MaxDirectRead)..])
            {
                var bytes = MemoryMarshal.AsBytes(destination[..Math.Min(destination.Length, MaxDirectRead)]);
                ReadBytes(position, bytes);
                position += bytes.Length;
            }
            return;
        }
        var buffer = new byte[Math.Min(BufferLength, (long)destination.Length * size)];
        while (!destination.IsEmpty)
        {
            var count = Math.Min(buffer.Length / size, destination.Length);
            ReadBytes(position, buffer.AsSpan(0, count * size));
            Widen(buffer.AsSpan(0, count * size), destination[..count]);
            position += count * size;
            destination = destination[count..];
        }
    }

    private void Widen(ReadOnlySpan<byte> bytes, Span<float> destination)
    {
        switch (type)
        {
            case TorchElementType.Float16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), destination);
                break;
            case TorchElementType.BFloat16:
                var halves = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (var i = 0; i < destination.Length; i++)
                    destination[i] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
                break;
            case TorchElementType.Float64:
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, double>(bytes), destination);
                break;
            default:
                throw new InvalidOperationException($"{type} cannot be read as float32.");
        }
    }

    private void ReadBytes(long position, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            var read = RandomAccess.Read(file, destination, position);
            if (read == 0)
                throw CheckpointErrors.Damaged(path, "it became shorter while it was read", "读取过程中文件变短");
            position += read;
            destination = destination[read..];
        }
    }
}
