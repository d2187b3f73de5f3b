namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>A batch: many recordings that are recognized with the same options.</summary>
public sealed class BatchEntry
{
    /// <summary>
    /// Identifier of the batch, assigned by the database: a number, because each of a million rows and index entries contains it.
    /// </summary>
    public int Id { get; set; }

    /// <summary>
    /// The key under which its creator finds it again; null if there is none. The command uses one for each output folder.
    /// </summary>
    public string? Key { get; set; }

    /// <summary>SHA-256 of the request that created the batch, for a batch with a key; null if it is not compared.</summary>
    public string? Fingerprint { get; set; }

    /// <summary>The name that people see.</summary>
    public required string Name { get; set; }

    /// <summary>Time of the request in milliseconds since 1970.</summary>
    public required long Created { get; set; }

    /// <summary>Time at which the last item got its outcome; null while the model processes some.</summary>
    public long? Completed { get; set; }

    /// <summary>State of the batch.</summary>
    public BatchState State { get; set; }

    /// <summary>Code of the failure that paused the batch; null if there is none.</summary>
    public string? Code { get; set; }

    /// <summary>English text of that failure.</summary>
    public string? Message { get; set; }

    /// <summary>Chinese text of that failure.</summary>
    public string? MessageZh { get; set; }

    /// <summary>Batches with a greater priority are processed first; batches of equal priority share.</summary>
    public int Priority { get; set; }

    /// <summary>Time at which a worker took the latest chunk, in milliseconds since 1970: the batch served longest ago is next.</summary>
    public long Served { get; set; }

    /// <summary>The URL that receives the end of the batch; null for none. It may contain secrets, so it is never shown.</summary>
    public string? Webhook { get; set; }

    /// <summary>The options as JSON (<see cref="Options.BatchOptions"/>).</summary>
    public required string Options { get; set; }

    /// <summary>The model that processes the batch, as <c>id precision hash</c>; null until a worker has loaded it.</summary>
    public string? Model { get; set; }

    /// <summary>Whether a client may add further recordings.</summary>
    public bool Open { get; set; }

    /// <summary>Name of the folder for recordings that clients send and for those of archives; null for a batch of the command.</summary>
    public string? Folder { get; set; }

    /// <summary>Name of the file in <see cref="Folder"/> that adds metadata to the recordings; null if there is none.</summary>
    public string? Metadata { get; set; }

    /// <summary>Whether all sources were read to their end.</summary>
    public bool Sealed { get; set; }

    /// <summary>How often the sources were read; an item that was seen in the current pass has this number.</summary>
    public int Pass { get; set; }

    /// <summary>Number of items.</summary>
    public int Items { get; set; }

    /// <summary>Number of chunks.</summary>
    public int Chunks { get; set; }

    /// <summary>The names of all metadata columns of the items as a JSON array, in the order in which they appeared.</summary>
    public string Columns { get; set; } = "[]";

    /// <summary>Rows and files of the latest pass that name a recording which the batch already has.</summary>
    public int Repeated { get; set; }

    /// <summary>The server that reads the sources of the batch; null if none does.</summary>
    public string? Reader { get; set; }

    /// <summary>The trace of the request that created the batch (W3C <c>traceparent</c>); null if it had none.</summary>
    public string? Trace { get; set; }
}
