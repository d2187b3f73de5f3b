using System.Runtime.InteropServices;

namespace SpeechEmotion.Graphs;

/// <summary>The file beside the graph with its large tensors, one after another, each aligned to a page.</summary>
/// <remarks>ONNX Runtime maps such a file into memory, so that processes share the weights and load them at once.</remarks>
internal sealed class ExternalWeights(string path) : IDisposable
{
    private const int PageSize = 4096;

    private readonly FileStream _file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);

    /// <summary>The name of the file to which the graph refers.</summary>
    public string FileName { get; } = Path.GetFileName(path);

    /// <summary>Appends a tensor and returns its position.</summary>
    public (long Offset, long Length) Append(ReadOnlySpan<float> values) => AppendBytes(MemoryMarshal.AsBytes(values));

    /// <inheritdoc cref="Append(ReadOnlySpan{float})"/>
    public (long Offset, long Length) AppendBytes(ReadOnlySpan<byte> bytes)
    {
        var offset = (_file.Position + PageSize - 1) / PageSize * PageSize;
        _file.Position = offset;
        _file.Write(bytes);
        return (offset, bytes.Length);
    }

    /// <summary>Flushes all data to disk.</summary>
    public void Flush() => _file.Flush(flushToDisk: true);

    public void Dispose() => _file.Dispose();
}
