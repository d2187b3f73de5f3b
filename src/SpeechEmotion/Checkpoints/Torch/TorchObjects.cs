using SpeechEmotion.Checkpoints.Pickle;

namespace SpeechEmotion.Checkpoints.Torch;

/// <summary>
/// The results of the calls in a pickle of <c>torch.save</c>. No Python code runs: a known name creates one of our own records, an
/// unknown one a <see cref="PickleOpaque"/>.
/// </summary>
internal sealed class TorchObjects
{
    // The highest rank in any emotion2vec file is 5.
    private const int MaxRank = 8;

    private readonly Dictionary<string, TorchStorage> _storages = new(StringComparer.Ordinal);

    /// <summary>All storages that the pickle refers to, by key.</summary>
    public IReadOnlyDictionary<string, TorchStorage> Storages => _storages;

    public static object Global(string module, string name) => (module, name) switch
    {
        ("collections", "OrderedDict") => PickleGlobal.OrderedDict,
        ("torch._utils", "_rebuild_tensor_v2") => PickleGlobal.RebuildTensor,
        ("torch._utils", "_rebuild_parameter" or "_rebuild_parameter_with_state") => PickleGlobal.RebuildParameter,
        ("torch", "Size") => PickleGlobal.Size,
        ("torch" or "torch.storage", _) when TorchElementTypes.OfStorageClass(name) is { } type => type,
        _ => PickleOpaque.Instance,
    };

    public static object? Call(object? callable, object? arguments) => (callable, arguments) switch
    {
        (PickleGlobal.OrderedDict, object?[] { Length: 0 }) => new PickleDictionary(),
        (PickleGlobal.RebuildTensor, object?[] { Length: >= 4 } a) => Tensor(a),
        (PickleGlobal.RebuildParameter, object?[] { Length: >= 1 } a) => a[0],
        (PickleGlobal.Size, object?[] { Length: 1 } a) => a[0],
        _ => PickleOpaque.Instance,
    };

    /// <summary>
    /// Resolves ('storage', class, key, location, count[, view]); the location is the device from which it was saved, which is ignored.
    /// </summary>
    public object Persistent(object? id)
    {
        if (id is not object?[] { Length: 5 or 6 } parts ||
            parts[0] is not "storage" || parts[1] is not TorchElementType type || parts[2] is not string key || parts[4] is not long count)
            return PickleOpaque.Instance;
        var storage = new TorchStorage(type, key, 0, count);
        _storages.TryAdd(key, storage);
        // Files of the first torch versions refer to a part of the storage: (view key, first element, count).
        return parts is [.., object?[] { Length: 3 } view] && view[1] is long first && view[2] is long viewCount
            ? storage with { FirstElement = first, Count = viewCount }
            : storage;
    }

    private static object Tensor(object?[] arguments) =>
        arguments[0] is TorchStorage storage && arguments[1] is long offset &&
        Integers(arguments[2]) is { } shape && Integers(arguments[3]) is { } strides && shape.Length == strides.Length
            ? new TorchTensor("", shape, strides, offset, storage)
            : PickleOpaque.Instance;

    private static long[]? Integers(object? value)
    {
        if (value is not object?[] { Length: <= MaxRank } items)
            return null;
        var integers = new long[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i] is not long integer)
                return null;
            integers[i] = integer;
        }
        return integers;
    }
}
