using System.Numerics;
using Microsoft.Win32.SafeHandles;
using SpeechEmotion.Checkpoints.Pickle;

namespace SpeechEmotion.Checkpoints.Torch;

/// <summary>
/// The container that torch wrote before 1.6: pickles of a magic number, a version, the machine, the object and the storage
/// keys, then for each key an int64 count and the raw elements.
/// </summary>
internal static class TorchLegacy
{
    private const long Version = 1001;
    private static readonly BigInteger Magic = BigInteger.Parse("119547037146038801333356", null);

    public static TorchArchive Read(SafeFileHandle file, string path)
    {
        var length = RandomAccess.GetLength(file);
        var position = 0L;
        var objects = new TorchObjects();
        object? Next()
        {
            var cursor = new FileCursor(file, path, position, Math.Min(length, position + PickleReader.MaxLength));
            var value = PickleReader.Read(cursor, objects);
            position = cursor.Position;
            return value;
        }

        if (!Magic.Equals(Next()) || !Version.Equals(Next()))
            throw CheckpointErrors.NotACheckpoint(path, "it is a Python pickle of something else", "它是其他内容的 Python pickle 文件");
        if (Next() is not PickleDictionary machine || !machine.TryGet("little_endian", out var little) || little is not true)
            throw CheckpointErrors.Unsupported(path, "its byte order is not little-endian", "其字节序不是小端");
        var root = Next();
        if (Next() is not List<object?> keys)
            throw CheckpointErrors.Damaged(path, "the list of its storages is missing", "缺少存储列表");
        var extents = Locate(new(file, path, position, length), length, keys, objects.Storages);
        return new(root, key => extents.TryGetValue(key, out var extent) ? extent : null);
    }

    private static Dictionary<string, FileExtent> Locate(
        FileCursor cursor, long fileLength, List<object?> keys, IReadOnlyDictionary<string, TorchStorage> storages)
    {
        var extents = new Dictionary<string, FileExtent>(StringComparer.Ordinal);
        foreach (var item in keys)
        {
            var count = cursor.ReadInt64();
            if (item is not string key || !storages.TryGetValue(key, out var storage) || count < 0 || count > fileLength)
                throw CheckpointErrors.DamagedAt(
                    cursor.Path, cursor.Position, "a storage does not match its description", "存储与其描述不符");
            var extent = new FileExtent(cursor.Position, count * storage.ElementType.Size());
            if (!extents.TryAdd(key, extent))
                throw CheckpointErrors.DamagedAt(cursor.Path, cursor.Position, $"the storage {key} occurs twice", $"存储 {key} 重复");
            cursor.Skip(extent.Length);
        }
        return extents;
    }
}
