using SpeechEmotion.Outputs.Timelines;


namespace SpeechEmotion.Outputs;

/// <summary>What an output folder holds beside <c>processed_audio.wav</c>, <c>result.json</c> and <c>timeline.csv</c>.</summary>
public sealed record OutputOptions
{
    /// <summary>Write <c>embedding.npy</c>: (D,) for an utterance, (T, D) for frames.</summary>
    /// <value>False.</value>
    public bool Embedding { get; init; }

    /// <summary>The recording's file name, kept in <c>result.json</c> as <c>source</c>.</summary>
    /// <value>Null: not known, and not written.</value>
    public string? Source { get; init; }

    /// <summary>
    /// Formats in which a timeline is written beside <c>timeline.csv</c>, which is always written where there is one.
    /// </summary>
    /// <value>None.</value>
    public IReadOnlyList<TimelineFormat> Exports { get; init; } = [];

    /// <summary>Of the texts in subtitles and labels: <c>zh</c> (or any tag that begins so), otherwise English.</summary>
    /// <value>English.</value>
    public string Language { get; init; } = "en";

    /// <summary>
    /// Bytes that the folder will take (<see cref="OutputSize.Estimate"/>): where less is free, nothing is written at all.
    /// </summary>
    /// <value>0: not known, and not checked.</value>
    public long ExpectedBytes { get; init; }

    /// <summary>
    /// Marks the folder, while it is unfinished, as that of a program of which one at a time uses the root, so that
    /// <see cref="OutputFolder.RemoveUnfinished"/> can remove it as soon as that program starts again. Lower-case letters only.
    /// </summary>
    /// <value>Null: any number of programs may use the root.</value>
    public string? Owner { get; init; }
}
