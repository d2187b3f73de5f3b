using Microsoft.Win32.SafeHandles;
using SpeechEmotion.Checkpoints.Emotion2vec;
using SpeechEmotion.Checkpoints.Pickle;
using SpeechEmotion.Checkpoints.Zip;

namespace SpeechEmotion.Checkpoints.Torch;

/// <summary>
/// The parts of a zip checkpoint that are needed to read some of its tensors: the end of the file, its central directory, its
/// pickle, the tensors' storages. Each part is located from the previous ones, so that the rest of the file may be a hole.
/// </summary>
/// <param name="file">The file, with its full length.</param>
/// <param name="path">The path in messages.</param>
internal sealed class TorchZipParts(SafeFileHandle file, string path)
{
    /// <summary>The number of first bytes that identify the file.</summary>
    public const int HeadLength = 64;

    /// <summary>The range at the end of the file in which the records that locate the central directory are.</summary>
    public static FileExtent End(long length) => new(Math.Max(0, length - ZipDirectory.MaxEnd), Math.Min(length, ZipDirectory.MaxEnd));

    /// <summary>Whether the file is a zip; requires its head and its end.</summary>
    public bool IsZip() => TorchSignature.IsZip(file, path);

    /// <summary>Locates the central directory; requires the end of the file.</summary>
    public FileExtent Directory() => ZipDirectory.Find(file, path);

    /// <summary>Locates the pickle and its byte order entry; requires the central directory.</summary>
    public IReadOnlyList<ZipPart> Pickle()
    {
        var (stem, parts) = Read();
        ZipPart[] pickle = [.. parts.Where(part => part.Entry.Name == $"{stem}/data.pkl" || part.Entry.Name == $"{stem}/byteorder")];
        return pickle.FirstOrDefault(part => part.Entry.Length > PickleReader.MaxLength) is { } large
            ? throw CheckpointErrors.Damaged(
                path,
                $"{large.Entry.Name} is far larger than that of any model",
                $"{large.Entry.Name} 远大于任何模型应有的大小")
            : pickle;
    }

    /// <summary>Locates the storages of a model's tensors; requires the pickle.</summary>
    /// <param name="folder">The model folder with this checkpoint.</param>
    public IReadOnlyList<ZipPart> Storages(FunAsrFolder folder)
    {
        using var checkpoint = TorchCheckpoint.Open(path);
        var tensors = new Emotion2vecWeights(checkpoint, folder.Config).Tensors(folder.Tokens?.Count ?? 0);
        var keys = tensors.Select(tensor => tensor.Storage.Key).ToHashSet(StringComparer.Ordinal);
        var (stem, parts) = Read();
        return
        [
            .. parts.Where(part => part.Entry.Name.StartsWith($"{stem}/data/", StringComparison.Ordinal)
                && keys.Contains(part.Entry.Name[$"{stem}/data/".Length..])),
        ];
    }

    private (string Stem, IReadOnlyList<ZipPart> Parts) Read()
    {
        var entries = ZipDirectory.Read(file, path);
        var parts = new List<ZipPart>();
        var end = ZipDirectory.Find(file, path).Start;
        foreach (var entry in entries.Values.OrderByDescending(entry => entry.Header))
        {
            // There may be anything between entries; a header and its names have a maximum length.
            parts.Add(new(entry, new(entry.Header, Math.Min(end - entry.Header, ZipDirectory.MaxHeader + entry.Length))));
            end = entry.Header;
        }
        return (TorchZip.StemOf(entries, path), parts);
    }
}
