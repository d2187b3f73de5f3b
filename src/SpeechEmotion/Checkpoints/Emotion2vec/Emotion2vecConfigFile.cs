namespace SpeechEmotion.Checkpoints.Emotion2vec;

/// <summary>
/// Reads FunASR's config.yaml. Training keys and the image and text modalities are ignored; a missing required key, or a value that
/// no emotion2vec model has, is an error that names the key.
/// </summary>
internal static class Emotion2vecConfigFile
{
    private const int MaxBlocks = 64;
    private const int MaxDimension = 8192;
    private const int MaxHeads = 256;
    private const int MaxKernel = 1024;

    public static Emotion2vecConfig Read(string path)
    {
        var root = new YamlSection(path, "", YamlTree.Read(path));
        if (root.Text("model") is var kind && kind != "Emotion2vec")
            throw root.Unsupported("model", kind);
        var model = root.Section("model_conf");
        var audio = model.Section("modalities").Section("audio");
        RefuseUnused(audio);

        var dimension = model.Integer("embed_dim", 1, MaxDimension);
        var heads = model.Integer("num_heads", 1, MaxHeads);
        var positionDepth = audio.Integer("conv_pos_depth", 1, MaxBlocks);
        var groups = audio.Integer("conv_pos_groups", 1, MaxDimension);
        RequireDivisor(model, "num_heads", heads, dimension);
        RequireDivisor(audio, "conv_pos_groups", groups, dimension);
        var useAlibi = audio.Flag("use_alibi_encoder");
        return new()
        {
            Depth = model.Integer("depth", 1, MaxBlocks),
            EmbedDimension = dimension,
            Heads = heads,
            MlpRatio = MlpRatio(model, dimension),
            NormEpsilon = (float)model.Number("norm_eps", 1e-12, 1),
            NormAffine = model.Flag("norm_affine"),
            LayerNormFirst = model.Flag("layer_norm_first"),
            Normalize = model.Flag("normalize"),
            PrenetDepth = audio.Integer("prenet_depth", 0, MaxBlocks),
            ExtraTokens = audio.Integer("num_extra_tokens", 1, MaxKernel),
            ConvLayers = ConvLayers(audio),
            PositionDepth = positionDepth,
            PositionGroups = groups,
            PositionKernel = Math.Max(3, audio.Integer("conv_pos_width", 1, MaxKernel) / positionDepth),
            UseAlibi = useAlibi,
            AlibiHeads = useAlibi ? audio.Integer("num_alibi_heads", 1, heads) : 0,
            AlibiScale = useAlibi ? (float)audio.Number("alibi_scale", -1e6, 1e6) : 0,
            LearnedAlibiScale = useAlibi && audio.Flag("learned_alibi_scale"),
            AlibiScalePerHead = useAlibi && audio.Flag("learned_alibi_scale_per_head"),
            AlibiScalePerLayer = useAlibi && audio.Flag("learned_alibi_scale_per_layer"),
            ScopeMap = ScopeMap(root),
            HasHead = root.Has("tokenizer"),
            UnknownToken = root.Has("tokenizer_conf") ? root.Section("tokenizer_conf").Text("unk_symbol", "<unk>") : "<unk>",
        };
    }

    // Rejects branches of the reference that no release uses; the last one crashes even there.
    private static void RefuseUnused(YamlSection audio)
    {
        if (audio.Text("extractor_mode") is var mode && mode != "layer_norm")
            throw audio.Unsupported("extractor_mode", mode);
        if (audio.Flag("conv_pos_pre_ln", false))
            throw audio.Unsupported("conv_pos_pre_ln", "true");
        if (audio.Flag("learned_alibi", false))
            throw audio.Unsupported("learned_alibi", "true");
    }

    private static void RequireDivisor(YamlSection section, string key, int divisor, int dimension)
    {
        if (dimension % divisor != 0)
            throw section.Unsupported(key, $"{divisor} (embed_dim {dimension})");
    }

    private static double MlpRatio(YamlSection model, int dimension)
    {
        var ratio = model.Number("mlp_ratio", 0, 16);
        return (int)(dimension * ratio) > 0 ? ratio : throw model.Unsupported("mlp_ratio", "0");
    }

    private static IReadOnlyList<ConvLayer> ConvLayers(YamlSection audio)
    {
        const string Key = "feature_encoder_spec";
        var layers = ConvLayerExpression.Parse(audio.Text(Key)) ??
            throw audio.Wrong(Key, "a list of (channels, kernel, stride)", "（通道数, 卷积核, 步长）列表");
        foreach (var layer in layers)
        {
            if (layer.Channels is < 1 or > MaxDimension || layer.Kernel is < 1 or > MaxKernel || layer.Stride is < 1 or > MaxKernel)
                throw audio.Unsupported(Key, layer);
        }
        // Frame times, windows and file formats require the grid of all releases: one frame every 20 ms, each covering 25 ms.
        var (field, hop) = (1L, 1L);
        foreach (var layer in layers.Reverse())
            (field, hop) = (
                Math.Min(((field - 1) * layer.Stride) + layer.Kernel, int.MaxValue),
                Math.Min(hop * layer.Stride, int.MaxValue));
        return (field, hop) == (400, 320) ? layers : throw audio.Unsupported(Key, $"{field} / {hop}");
    }

    private static ScopePair[] ScopeMap(YamlSection root)
    {
        var texts = root.Texts("scope_map");
        if (texts.Count % 2 != 0)
            throw root.Wrong("scope_map", "a list of pairs", "成对的列表");
        return [.. texts.Chunk(2).Select(pair => new ScopePair(Prefix(pair[0]), Prefix(pair[1])))];
    }

    private static string Prefix(string text) => text.Equals("none", StringComparison.OrdinalIgnoreCase) ? "" : text;
}
