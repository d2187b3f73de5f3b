using Microsoft.Win32.SafeHandles;
using SpeechEmotion.Checkpoints.Pickle;
using SpeechEmotion.Checkpoints.Zip;

namespace SpeechEmotion.Checkpoints.Torch;

/// <summary>
/// The container that torch has written since 1.6: a zip with <c>stem/data.pkl</c> and one stored entry
/// <c>stem/data/key</c> per storage. The stem is arbitrary.
/// </summary>
internal static class TorchZip
{
    private const string Pickle = "/data.pkl";

    public static TorchArchive Read(SafeFileHandle file, string path)
    {
        var entries = ZipDirectory.Read(file, path);
        var stem = StemOf(entries, path);
        if (entries.ContainsKey($"{stem}/constants.pkl"))
            throw CheckpointErrors.Unsupported(path, "this is a TorchScript program, not a checkpoint", "这是 TorchScript 程序，不是检查点");
        CheckByteOrder(file, path, entries, stem);

        var extent = Locate(file, path, entries[stem + Pickle]);
        if (extent.Length > PickleReader.MaxLength)
            throw CheckpointErrors.Damaged(
                path, $"{stem}{Pickle} is far larger than that of any model", $"{stem}{Pickle} 远大于任何模型应有的大小");
        var root = PickleReader.Read(new(file, path, extent.Start, extent.Start + extent.Length), new TorchObjects());

        // Entries are located on demand: a partial download lacks the storages that are not needed.
        return new(root, key => entries.TryGetValue($"{stem}/data/{key}", out var entry) ? Locate(file, path, entry) : null);
    }

    /// <summary>The folder in the container that contains all entries.</summary>
    /// <exception cref="Errors.CheckpointException">There is no pickle, or more than one.</exception>
    public static string StemOf(IReadOnlyDictionary<string, ZipEntry> entries, string path) =>
        FindPickle(entries, path).Name[..^Pickle.Length];

    private static ZipEntry FindPickle(IReadOnlyDictionary<string, ZipEntry> entries, string path)
    {
        var pickles = entries.Values.Where(IsPickle).Take(2).ToArray();
        return pickles.Length switch
        {
            1 => pickles[0],
            0 => throw CheckpointErrors.NotACheckpoint(
                path,
                "it is a zip file without data.pkl. If it is a packed model folder, unpack it first",
                "它是不含 data.pkl 的 zip 文件。如果是打包的模型文件夹，请先解压"),
            _ => throw CheckpointErrors.Damaged(path, "it contains more than one data.pkl", "其中有多个 data.pkl"),
        };
    }

    private static bool IsPickle(ZipEntry entry) =>
        entry.Name.IndexOf('/', StringComparison.Ordinal) == entry.Name.Length - Pickle.Length &&
        entry.Name.EndsWith(Pickle, StringComparison.Ordinal);

    private static void CheckByteOrder(
        SafeFileHandle file, string path, IReadOnlyDictionary<string, ZipEntry> entries, string stem)
    {
        if (!entries.TryGetValue($"{stem}/byteorder", out var entry))
            return;
        var extent = Locate(file, path, entry);
        var cursor = new FileCursor(file, path, extent.Start, extent.Start + extent.Length);
        var order = extent.Length < 16 ? System.Text.Encoding.ASCII.GetString(cursor.Read((int)extent.Length)) : "?";
        if (order != "little")
            throw CheckpointErrors.Unsupported(path, $"its byte order is '{order}', not 'little'", $"其字节序为“{order}”，而非“little”");
    }

    private static FileExtent Locate(SafeFileHandle file, string path, ZipEntry entry) => entry.IsStored
        ? ZipDirectory.Locate(file, path, entry)
        : throw CheckpointErrors.Damaged(
            path,
            $"the entry {entry.Name} is compressed or encrypted, which torch never does",
            $"条目 {entry.Name} 被压缩或加密，torch 不会这样写");
}
