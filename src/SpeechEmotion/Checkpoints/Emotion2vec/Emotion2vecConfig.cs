namespace SpeechEmotion.Checkpoints.Emotion2vec;

/// <summary>The geometry of an emotion2vec model, as its config.yaml gives it; checked against absurd values.</summary>
internal sealed record Emotion2vecConfig
{
    /// <summary>Main blocks, B.</summary>
    public required int Depth { get; init; }

    /// <summary>D: length of a feature row.</summary>
    public required int EmbedDimension { get; init; }

    /// <summary>Attention heads; divides <see cref="EmbedDimension"/>.</summary>
    public required int Heads { get; init; }

    /// <summary>Width of the feed-forward layer, as a multiple of <see cref="EmbedDimension"/>.</summary>
    public required double MlpRatio { get; init; }

    /// <summary>Epsilon of the blocks' layer norms.</summary>
    public required float NormEpsilon { get; init; }

    /// <summary>True where the blocks' layer norms have weights and biases.</summary>
    public required bool NormAffine { get; init; }

    /// <summary>True for pre-norm blocks.</summary>
    public required bool LayerNormFirst { get; init; }

    /// <summary>True where the waveform is brought to zero mean and unit variance.</summary>
    public required bool Normalize { get; init; }

    /// <summary>Context blocks, P.</summary>
    public required int PrenetDepth { get; init; }

    /// <summary>E: learned rows before the frames.</summary>
    public required int ExtraTokens { get; init; }

    /// <summary>The local encoder.</summary>
    public required IReadOnlyList<ConvLayer> ConvLayers { get; init; }

    /// <summary>Convolutions of the relative positional encoder.</summary>
    public required int PositionDepth { get; init; }

    /// <summary>Groups of each of them; divides <see cref="EmbedDimension"/>.</summary>
    public required int PositionGroups { get; init; }

    /// <summary>Width in frames of each of them: max(3, conv_pos_width / conv_pos_depth).</summary>
    public required int PositionKernel { get; init; }

    /// <summary>True where attention is biased by distance.</summary>
    public required bool UseAlibi { get; init; }

    /// <summary>How many heads, from the first on, are biased; at most <see cref="Heads"/>.</summary>
    public required int AlibiHeads { get; init; }

    /// <summary>The scale of the bias where the checkpoint has none of its own.</summary>
    public required float AlibiScale { get; init; }

    /// <summary>True where the scale was trained, so that the checkpoint must have it.</summary>
    public required bool LearnedAlibiScale { get; init; }

    /// <summary>True where each biased head has its own scale.</summary>
    public required bool AlibiScalePerHead { get; init; }

    /// <summary>True where each block has its own scale.</summary>
    public required bool AlibiScalePerLayer { get; init; }

    /// <summary>How keys are called in the checkpoint; later pairs win.</summary>
    public required IReadOnlyList<ScopePair> ScopeMap { get; init; }

    /// <summary>True where the model has a label head.</summary>
    public required bool HasHead { get; init; }

    /// <summary>The token that the token list must have.</summary>
    public required string UnknownToken { get; init; }

    /// <summary>All blocks: P + B.</summary>
    public int Layers => PrenetDepth + Depth;

    /// <summary>Length of one head's part of a row.</summary>
    public int HeadDimension => EmbedDimension / Heads;

    /// <summary>Width of the feed-forward layer: int(D * mlp_ratio).</summary>
    public int HiddenDimension => (int)(EmbedDimension * MlpRatio);

    /// <summary>Samples that one frame hears: the shortest waveform that gives a frame.</summary>
    public const int ReceptiveField = 400;

    /// <summary>C: channels that the local encoder gives.</summary>
    public int ConvChannels => ConvLayers[^1].Channels;

    /// <summary>(layers or 1, 1, heads or 1, 1, 1).</summary>
    public long[] AlibiScaleShape => [AlibiScalePerLayer ? Layers : 1, 1, AlibiScalePerHead ? AlibiHeads : 1, 1, 1];
}
