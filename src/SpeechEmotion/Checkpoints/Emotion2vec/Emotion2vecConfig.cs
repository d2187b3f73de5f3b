namespace SpeechEmotion.Checkpoints.Emotion2vec;

/// <summary>The geometry of an emotion2vec model, from its config.yaml; implausible values are rejected.</summary>
internal sealed record Emotion2vecConfig
{
    /// <summary>B: the number of main blocks.</summary>
    public required int Depth { get; init; }

    /// <summary>D: the length of a feature row.</summary>
    public required int EmbedDimension { get; init; }

    /// <summary>The number of attention heads; divides <see cref="EmbedDimension"/>.</summary>
    public required int Heads { get; init; }

    /// <summary>The width of the feed-forward layer, as a multiple of <see cref="EmbedDimension"/>.</summary>
    public required double MlpRatio { get; init; }

    /// <summary>The epsilon of the blocks' layer norms.</summary>
    public required float NormEpsilon { get; init; }

    /// <summary>Whether the blocks' layer norms have weights and biases.</summary>
    public required bool NormAffine { get; init; }

    /// <summary>Whether blocks are pre-norm.</summary>
    public required bool LayerNormFirst { get; init; }

    /// <summary>Whether the waveform is normalized to zero mean and unit variance.</summary>
    public required bool Normalize { get; init; }

    /// <summary>P: the number of context blocks.</summary>
    public required int PrenetDepth { get; init; }

    /// <summary>E: the number of learned rows before the frames.</summary>
    public required int ExtraTokens { get; init; }

    /// <summary>The local encoder.</summary>
    public required IReadOnlyList<ConvLayer> ConvLayers { get; init; }

    /// <summary>The number of convolutions of the relative positional encoder.</summary>
    public required int PositionDepth { get; init; }

    /// <summary>The number of groups of each of these convolutions; divides <see cref="EmbedDimension"/>.</summary>
    public required int PositionGroups { get; init; }

    /// <summary>The width of each of these convolutions in frames: max(3, conv_pos_width / conv_pos_depth).</summary>
    public required int PositionKernel { get; init; }

    /// <summary>Whether attention is biased by distance.</summary>
    public required bool UseAlibi { get; init; }

    /// <summary>The number of biased heads, starting with the first; at most <see cref="Heads"/>.</summary>
    public required int AlibiHeads { get; init; }

    /// <summary>The scale of the bias if the checkpoint has no learned one.</summary>
    public required float AlibiScale { get; init; }

    /// <summary>Whether the scale was learned, so that the checkpoint must contain it.</summary>
    public required bool LearnedAlibiScale { get; init; }

    /// <summary>Whether each biased head has its own scale.</summary>
    public required bool AlibiScalePerHead { get; init; }

    /// <summary>Whether each block has its own scale.</summary>
    public required bool AlibiScalePerLayer { get; init; }

    /// <summary>The prefixes of keys in the checkpoint and in the model; later pairs win.</summary>
    public required IReadOnlyList<ScopePair> ScopeMap { get; init; }

    /// <summary>Whether the model has a label head.</summary>
    public required bool HasHead { get; init; }

    /// <summary>The token that the token list must contain.</summary>
    public required string UnknownToken { get; init; }

    /// <summary>The number of all blocks: P + B.</summary>
    public int Layers => PrenetDepth + Depth;

    /// <summary>The length of one head's part of a row.</summary>
    public int HeadDimension => EmbedDimension / Heads;

    /// <summary>The width of the feed-forward layer: int(D * mlp_ratio).</summary>
    public int HiddenDimension => (int)(EmbedDimension * MlpRatio);

    /// <summary>The number of samples that one frame covers: the shortest waveform that yields a frame.</summary>
    public const int ReceptiveField = 400;

    /// <summary>C: the number of output channels of the local encoder.</summary>
    public int ConvChannels => ConvLayers[^1].Channels;

    /// <summary>The shape of the learned scale: (layers or 1, 1, heads or 1, 1, 1).</summary>
    public long[] AlibiScaleShape => [AlibiScalePerLayer ? Layers : 1, 1, AlibiScalePerHead ? AlibiHeads : 1, 1, 1];
}
