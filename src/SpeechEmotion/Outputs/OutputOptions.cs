
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
}
