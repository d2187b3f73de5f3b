
namespace SpeechEmotion.Outputs;

/// <summary>What an output folder holds beside <c>processed_audio.wav</c> and <c>result.json</c>.</summary>
public sealed record OutputOptions
{
    /// <summary>Write <c>embedding.npy</c>: (D,) for an utterance, (T, D) for frames.</summary>
    /// <value>False.</value>
    public bool Embedding { get; init; }

    /// <summary>The recording's file name, kept in <c>result.json</c> as <c>source</c>.</summary>
    /// <value>Null: not known, and not written.</value>
    public string? Source { get; init; }
}
