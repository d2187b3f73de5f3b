namespace SpeechEmotion.Models;

/// <summary>Removes unused data from a store. Programs that have removed files open keep them until they exit.</summary>
/// <param name="store">The store.</param>
/// <param name="int8Version">The version of the int8 graphs that the program uses; older ones are unused.</param>
internal sealed class StoreSweep(ModelStore store, int int8Version)
{
    /// <summary>Finds the data to remove.</summary>
    public IReadOnlyList<StoreLeftover> Find() => [.. Versions().Concat(Unfinished()).Concat(Downloads())];

    /// <summary>Removes data that <see cref="Find"/> returned.</summary>
    /// <returns>False if it is in use in the meantime: a download that a program is continuing.</returns>
    /// <exception cref="Errors.ModelException"><c>model.store_not_writable</c>.</exception>
    public static bool Remove(StoreLeftover leftover)
    {
        ArgumentNullException.ThrowIfNull(leftover);
        if (leftover.Kind == LeftoverKind.Download)
            return ModelStore.DiscardDownload(leftover.Directory);
        ModelStore.Discard(leftover.Directory);
        return true;
    }

    private IEnumerable<StoreLeftover> Versions()
    {
        foreach (var model in store.ModelDirectories())
        {
            var versions = ModelStore.VersionDirectories(model);
            // A folder with only an int8 version belongs to a model that ships with the product.
            var read = versions.Where(ModelFolder.LooksLikeOne).ToDictionary(version => version, ModelFolder.TryRead);
            var newest = read.Where(version => version.Value is not null)
                .Select(version => version.Key)
                .MaxBy(Directory.GetLastWriteTimeUtc);
            foreach (var (version, folder) in read.Where(version => version.Key != newest))
                yield return Of(folder is null ? LeftoverKind.Damaged : LeftoverKind.OldVersion, version);
            foreach (var version in versions.Where(version => version == newest || !read.ContainsKey(version)))
            {
                if (Path.Combine(version, "int8") is var rounded && Directory.Exists(rounded)
                    && ModelFolder.TryRead(rounded)?.Manifest.Certificate?.GraphVersion != int8Version)
                    yield return Of(LeftoverKind.OldInt8, rounded);
            }
        }
    }

    private IEnumerable<StoreLeftover> Unfinished() =>
        store.AbandonedDirectories().Select(directory => Of(LeftoverKind.Unfinished, directory));

    private IEnumerable<StoreLeftover> Downloads() =>
        store.DownloadDirectories().Where(IsFree).Select(directory => Of(LeftoverKind.Download, directory));

    private static bool IsFree(string download)
    {
        using var hold = ModelStore.TryHold(download);
        return hold is not null;
    }

    private static StoreLeftover Of(LeftoverKind kind, string directory) => new(kind, directory, ModelStore.SizeOf(directory));
}
