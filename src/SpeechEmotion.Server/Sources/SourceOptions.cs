namespace SpeechEmotion.Server.Sources;

/// <summary>How sources are read.</summary>
public sealed record SourceOptions
{
    /// <summary>
    /// The folder that receives the recordings of archives, a subfolder for each archive. It is created when it is needed; what is in it
    /// may be deleted once <see cref="IsDone"/> is true for it.
    /// </summary>
    public required string UnpackTo { get; init; }

    /// <summary>
    /// Whether the subfolder of an archive has the archive's file name alone, which must be unique then: its path differs between the
    /// machines that may read it.
    /// </summary>
    public bool UnpacksByName { get; init; }

    /// <summary>The output folder of the batch, which is not searched if it is inside a source; null if there is none.</summary>
    public string? Output { get; init; }

    /// <summary>
    /// The folder that the paths of manifests must not leave; those of a manifest outside it start there. Null if the user may read
    /// everything.
    /// </summary>
    public string? Root { get; init; }

    /// <summary>Whether lists may name addresses; if not, each is an item with an error.</summary>
    public bool AllowUrls { get; init; }

    /// <summary>What the source <c>-</c> reads; null if there is nothing to read. It is not disposed.</summary>
    public Stream? StandardInput { get; init; }

    /// <summary>
    /// Whether an item of an archive needs no bytes any more, given its name, its size in bytes and its time in milliseconds since 1970.
    /// It is then not extracted. Null to extract all.
    /// </summary>
    public Func<string, long?, long?, bool>? IsDone { get; init; }

    /// <summary>The largest recording that is extracted, in bytes.</summary>
    /// <value>16 GiB.</value>
    public long MaxRecordingBytes { get; init; } = 16L << 30;

    /// <summary>The most entries of one archive.</summary>
    /// <value>5,000,000.</value>
    public long MaxEntries { get; init; } = 5_000_000;

    /// <summary>Receives the numbers of what is left out.</summary>
    public SourceReport Report { get; init; } = new();
}
