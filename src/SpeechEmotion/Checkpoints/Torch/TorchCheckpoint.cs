using Microsoft.Win32.SafeHandles;
using SpeechEmotion.Checkpoints.Pickle;

namespace SpeechEmotion.Checkpoints.Torch;

/// <summary>
/// A file of <c>torch.save</c>, open for reading tensors one at a time. Only the pickle and the requested tensors are read, so that an
/// optimizer's state costs nothing. Reading is thread-safe, disposing is not.
/// </summary>
internal sealed class TorchCheckpoint : IDisposable
{
    // The keys under which training frameworks wrap a state dictionary; FunASR unwraps them in this order.
    private static readonly string[] Wrappings = ["state_dict", "model_state_dict", "model"];

    private readonly SafeFileHandle _file;
    private readonly Func<string, FileExtent?> _locate;

    private TorchCheckpoint(string path, SafeFileHandle file, TorchArchive archive)
    {
        Path = path;
        _file = file;
        _locate = archive.Locate;
        Tensors = Unnest(path, archive.Root).Entries.Where(entry => entry.Value is TorchTensor)
            .ToDictionary(entry => entry.Key, entry => (TorchTensor)entry.Value! with { Name = entry.Key }, StringComparer.Ordinal);
    }

    /// <summary>The path with which the file was opened.</summary>
    public string Path { get; }

    /// <summary>The size of the file in bytes.</summary>
    public long Length => RandomAccess.GetLength(_file);

    /// <summary>The tensors of the state dictionary, by key.</summary>
    public IReadOnlyDictionary<string, TorchTensor> Tensors { get; }

    /// <summary>Opens a checkpoint in either container format and reads its pickle.</summary>
    /// <exception cref="Errors.CheckpointException">The file is missing, not a checkpoint, damaged, or not supported.</exception>
    public static TorchCheckpoint Open(string path)
    {
        var file = OpenFile(path);
        try
        {
            var archive = TorchSignature.IsZip(file, path) ? TorchZip.Read(file, path) : TorchLegacy.Read(file, path);
            return new(path, file, archive);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Checks, without reading the data, that a tensor is inside its storage, and the storage inside the file.</summary>
    /// <returns>The number of bytes that its elements take in the file.</returns>
    /// <exception cref="Errors.CheckpointException">The check failed, or the elements are not floating-point numbers.</exception>
    public long Check(TorchTensor tensor) => Locate(tensor).Layout.Count * tensor.ElementType.Size();

    /// <summary>Reads a tensor as float32, in row-major order whatever its strides.</summary>
    /// <param name="tensor">One of <see cref="Tensors"/>.</param>
    /// <param name="destination">The buffer, whose length is the number of elements in the shape.</param>
    /// <exception cref="Errors.CheckpointException">Same as for <see cref="Check"/>, or the file has changed.</exception>
    public void Read(TorchTensor tensor, Span<float> destination)
    {
        var (layout, extent) = Locate(tensor);
        if (destination.Length != layout.Count)
            throw new ArgumentException($"{tensor.Name} has {layout.Count} values, not {destination.Length}.", nameof(destination));
        var elements = new TensorElements(_file, Path, tensor.ElementType, extent);
        if (layout.IsContiguous)
        {
            elements.Read(layout.First, destination);
            return;
        }
        if (layout.Span > TensorLayout.MaxScatteredSpan)
            throw CheckpointErrors.Unsupported(Path, $"the tensor {tensor.Name} is spread too widely", $"张量 {tensor.Name} 分布过于分散");
        var span = new float[layout.Span];
        elements.Read(layout.First, span);
        layout.Gather(span, destination);
    }

    public void Dispose() => _file.Dispose();

    private (TensorLayout Layout, FileExtent Extent) Locate(TorchTensor tensor)
    {
        var storage = tensor.Storage;
        if (tensor.ElementType > TorchElementType.Float64)
        {
            throw CheckpointErrors.Unsupported(
                Path, $"the tensor {tensor.Name} holds {tensor.ElementType} values", $"张量 {tensor.Name} 的元素类型为 {tensor.ElementType}");
        }
        if (_locate(storage.Key) is not { } extent)
            throw CheckpointErrors.Damaged(Path, $"the data of the tensor {tensor.Name} is missing", $"缺少张量 {tensor.Name} 的数据");
        var size = storage.ElementType.Size();
        var available = extent.Length / size;
        if (storage.FirstElement < 0 || storage.Count < 0 || storage.FirstElement > available - storage.Count)
            throw CheckpointErrors.Damaged(Path, $"the storage of the tensor {tensor.Name} ends too early", $"张量 {tensor.Name} 的存储过早结束");
        var layout = TensorLayout.Of(tensor) ?? throw CheckpointErrors.Damaged(
            Path, $"the tensor {tensor.Name} points outside its storage or overlaps itself", $"张量 {tensor.Name} 指向其存储之外或自身重叠");
        return (layout, new(extent.Start + storage.FirstElement * size, storage.Count * size));
    }

    private static SafeFileHandle OpenFile(string path)
    {
        try
        {
            return File.OpenHandle(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CheckpointErrors.NotFound(path, "the checkpoint", "检查点文件");
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw CheckpointErrors.Unreadable(path, exception);
        }
    }

    private static PickleDictionary Unnest(string path, object? root)
    {
        var current = root as PickleDictionary;
        foreach (var key in Wrappings)
        {
            if (current is not null && current.TryGet(key, out var inner))
                current = inner as PickleDictionary;
        }
        return current ?? throw CheckpointErrors.NotACheckpoint(
            path,
            "it contains something other than a dictionary of weights, for example a whole pickled program object",
            "其中不是权重字典，例如可能是整个序列化的程序对象");
    }
}
