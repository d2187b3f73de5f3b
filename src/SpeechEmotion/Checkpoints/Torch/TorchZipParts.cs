using Microsoft.Win32.SafeHandles;
using SpeechEmotion.Checkpoints.Emotion2vec;
using SpeechEmotion.Checkpoints.Pickle;
using SpeechEmotion.Checkpoints.Zip;

namespace SpeechEmotion.Checkpoints.Torch;

/// <summary>
/// What of a zip checkpoint must be there to read some of its tensors: the file's end, its table of contents, its pickle, the
/// tensors' storages. Each is found in what came before, so that the rest of the file may be a hole.
/// </summary>
/// <param name="file">Of the whole file's length.</param>
/// <param name="path">For messages.</param>
internal sealed class TorchZipParts(SafeFileHandle file, string path)
{
    /// <summary>The first bytes, which tell what the file is.</summary>
    public const int HeadLength = 64;

    /// <summary>The stretch in which the table of contents is announced.</summary>
    public static FileExtent End(long length) => new(Math.Max(0, length - ZipDirectory.MaxEnd), Math.Min(length, ZipDirectory.MaxEnd));

    /// <summary>Whether it is a zip file; its head and its end are needed.</summary>
    public bool IsZip() => TorchSignature.IsZip(file, path);

    /// <summary>The table of contents; the end of the file is needed.</summary>
    public FileExtent Directory() => ZipDirectory.Find(file, path);

    /// <summary>The pickle and what tells how to read it; the table of contents is needed.</summary>
    public IReadOnlyList<ZipPart> Pickle()
    {
        var (stem, parts) = Read();
        ZipPart[] pickle = [.. parts.Where(part => part.Entry.Name == $"{stem}/data.pkl" || part.Entry.Name == $"{stem}/byteorder")];
        return pickle.FirstOrDefault(part => part.Entry.Length > PickleReader.MaxLength) is { } large
            ? throw CheckpointErrors.Damaged(path, $"{large.Entry.Name} is far larger than that of any model", $"{large.Entry.Name} 远大于任何模型应有的大小")
            : pickle;
    }

    /// <summary>The storages of a model's tensors; the pickle is needed.</summary>
    /// <param name="folder">The model's folder, whose checkpoint this is.</param>
    public IReadOnlyList<ZipPart> Storages(FunAsrFolder folder)
    {
        using var checkpoint = TorchCheckpoint.Open(path);
        var tensors = new Emotion2vecWeights(checkpoint, folder.Config).Tensors(folder.Tokens?.Count ?? 0);
        var keys = tensors.Select(tensor => tensor.Storage.Key).ToHashSet(StringComparer.Ordinal);
        var (stem, parts) = Read();
        return [.. parts.Where(part => part.Entry.Name.StartsWith($"{stem}/data/", StringComparison.Ordinal) && keys.Contains(part.Entry.Name[$"{stem}/data/".Length..]))];
    }

    private (string Stem, IReadOnlyList<ZipPart> Parts) Read()
    {
        var entries = ZipDirectory.Read(file, path);
        var parts = new List<ZipPart>();
        var end = ZipDirectory.Find(file, path).Start;
        foreach (var entry in entries.Values.OrderByDescending(entry => entry.Header))
        {
            // Between entries there may be anything; a header and its names have a bound.
            parts.Add(new(entry, new(entry.Header, Math.Min(end - entry.Header, ZipDirectory.MaxHeader + entry.Length))));
            end = entry.Header;
        }
        return (TorchZip.StemOf(entries, path), parts);
    }
}
