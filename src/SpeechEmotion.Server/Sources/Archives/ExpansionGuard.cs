namespace SpeechEmotion.Server.Sources.Archives;

/// <summary>
/// Recognizes bombs: a few bytes of an archive that expand to fill a disk, or to keep a processor busy for days. Only an archive that
/// must be decompressed as a whole is refused as a whole, and only after several bombs: one may be a recording of silence.
/// </summary>
/// <param name="archive">The archive's name in errors.</param>
/// <param name="maxEntry">The largest recording, in bytes: no more of an entry that expands like a bomb is decompressed.</param>
internal sealed class ExpansionGuard(string archive, long maxEntry)
{
    private const long AlwaysAllowed = 64L << 20;
    private const long MaxRatio = 1000;
    private const int MaxBombs = 3;

    private int _bombs;

    /// <summary>Whether bytes expand as those of recordings do not.</summary>
    /// <param name="expanded">Number of bytes so far.</param>
    /// <param name="consumed">Number of bytes of the archive that contain them.</param>
    public static bool IsBomb(long expanded, long consumed) => expanded > AlwaysAllowed && expanded / MaxRatio > consumed;

    /// <summary>Checks an entry that is passed over.</summary>
    /// <exception cref="SourceException"><c>source.archive_bomb</c>.</exception>
    public void Check(long expanded, long consumed)
    {
        if (IsBomb(expanded, consumed) && (expanded > maxEntry || _bombs >= MaxBombs))
            throw SourceErrors.ArchiveBomb(archive);
    }

    /// <summary>Counts an entry that has been passed over.</summary>
    public void EndEntry(long expanded, long consumed) => _bombs += IsBomb(expanded, consumed) ? 1 : 0;
}
