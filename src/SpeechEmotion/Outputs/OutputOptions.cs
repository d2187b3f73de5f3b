using SpeechEmotion.Outputs.Timelines;

namespace SpeechEmotion.Outputs;

/// <summary>The contents of an output folder beside <c>processed_audio.wav</c>, <c>result.json</c> and <c>timeline.csv</c>.</summary>
public sealed record OutputOptions
{
    /// <summary>Whether to write <c>embedding.npy</c>: (D,) for an utterance, (T, D) for frames.</summary>
    /// <value>False.</value>
    public bool Embedding { get; init; }

    /// <summary>The recording's file name, stored in <c>result.json</c> as <c>source</c>.</summary>
    /// <value>Null: unknown, and not written.</value>
    public string? Source { get; init; }

    /// <summary>
    /// The formats of the timeline in addition to <c>timeline.csv</c>, which is always written if there is a timeline.
    /// </summary>
    /// <value>None.</value>
    public IReadOnlyList<TimelineFormat> Exports { get; init; } = [];

    /// <summary>The language of subtitles and labels: <c>zh</c> (or any tag that begins so), otherwise English.</summary>
    /// <value>English.</value>
    public string Language { get; init; } = "en";

    /// <summary>
    /// An estimate of the bytes that the folder will take: if less is free, nothing is written at all. <c>RecognizeManyAsync</c> sets it.
    /// </summary>
    /// <value>0: unknown, and not checked.</value>
    public long ExpectedBytes { get; init; }

    /// <summary>
    /// The owner of the folder while it is unfinished: a program of which only one instance at a time uses the root. With it,
    /// <see cref="OutputFolder.RemoveUnfinished"/> can remove the folder as soon as that program starts again. Lower-case letters and
    /// digits only.
    /// </summary>
    /// <value>Null: any number of programs may use the root.</value>
    internal string? Owner { get; init; }

    /// <summary>
    /// Whether random digits follow the time in the name of the folder: programs on several machines store their folders in one place, and
    /// none of them can see all names.
    /// </summary>
    /// <value>False.</value>
    internal bool IsUnique { get; init; }
}
