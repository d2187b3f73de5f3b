using System.Runtime.InteropServices;

namespace SpeechEmotion.Graphs;

/// <summary>The file beside the graph that holds its large tensors, one after another, each on a page of its own.</summary>
/// <remarks>ONNX Runtime maps such a file into memory, so that weights are shared between processes and load at once.</remarks>
internal sealed class ExternalWeights(string path) : IDisposable
{
    private const int PageSize = 4096;

    private readonly FileStream _file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);

    /// <summary>Name of the file, as the graph refers to it.</summary>
    public string FileName { get; } = Path.GetFileName(path);

    /// <summary>Appends one tensor and returns where it lies.</summary>
    public (long Offset, long Length) Append(ReadOnlySpan<float> values) => AppendBytes(MemoryMarshal.AsBytes(values));

    /// <inheritdoc cref="Append(ReadOnlySpan{float})"/>
    public (long Offset, long Length) AppendBytes(ReadOnlySpan<byte> bytes)
    {
        var offset = (_file.Position + PageSize - 1) / PageSize * PageSize;
        _file.Position = offset;
        _file.Write(bytes);
        return (offset, bytes.Length);
    }

    /// <summary>Makes sure that everything is on disk.</summary>
    public void Flush() => _file.Flush(flushToDisk: true);

    public void Dispose() => _file.Dispose();
}
