namespace SpeechEmotion.Checkpoints.Emotion2vec;

/// <summary>The tensors required for inference, by the reference's keys, with their shapes. All Linear weights are (out, in).</summary>
internal static class Emotion2vecTensors
{
    /// <summary>The prefix of the audio encoder's tensors.</summary>
    public const string Audio = "modality_encoders.AUDIO.";

    /// <summary>The learned scale of the attention bias.</summary>
    public const string AlibiScale = Audio + "alibi_scale";

    /// <summary>All required tensors; <see cref="AlibiScale"/> only if the model was trained with one.</summary>
    /// <param name="config">The geometry.</param>
    /// <param name="labels">The number of rows of the label head; 0 if there is none.</param>
    public static IEnumerable<(string Key, long[] Shape)> Needed(Emotion2vecConfig config, int labels)
    {
        long d = config.EmbedDimension;
        yield return (Audio + "extra_tokens", [1, config.ExtraTokens, d]);
        if (config.LearnedAlibiScale)
            yield return (AlibiScale, config.AlibiScaleShape);
        foreach (var tensor in FrontEnd(config))
            yield return tensor;
        for (var i = 0; i < config.PrenetDepth; i++)
        {
            foreach (var tensor in Block($"{Audio}context_encoder.blocks.{i}.", config))
                yield return tensor;
        }
        for (var i = 0; i < config.Depth; i++)
        {
            foreach (var tensor in Block($"blocks.{i}.", config))
                yield return tensor;
        }
        if (config.NormAffine)
        {
            foreach (var tensor in Pair(config.LayerNormFirst ? "norm" : Audio + "context_encoder.norm", d))
                yield return tensor;
        }
        if (labels > 0)
        {
            foreach (var tensor in Pair("proj", labels, d))
                yield return tensor;
        }
    }

    private static IEnumerable<(string Key, long[] Shape)> FrontEnd(Emotion2vecConfig config)
    {
        long d = config.EmbedDimension, input = 1;
        for (var i = 0; i < config.ConvLayers.Count; i++)
        {
            var layer = config.ConvLayers[i];
            var prefix = $"{Audio}local_encoder.conv_layers.{i}.";
            yield return (prefix + "0.weight", [layer.Channels, input, layer.Kernel]);
            foreach (var tensor in Pair(prefix + "2.1", layer.Channels))
                yield return tensor;
            input = layer.Channels;
        }
        foreach (var tensor in Pair(Audio + "project_features.1", input).Concat(Pair(Audio + "project_features.2", d, input)))
            yield return tensor;
        for (var i = 1; i <= config.PositionDepth; i++)
        {
            foreach (var tensor in Pair(
                $"{Audio}relative_positional_encoder.{i}.0", d, d / config.PositionGroups, config.PositionKernel))
                yield return tensor;
        }
    }

    private static IEnumerable<(string Key, long[] Shape)> Block(string prefix, Emotion2vecConfig config)
    {
        long d = config.EmbedDimension, hidden = config.HiddenDimension;
        var linear = Pair(prefix + "attn.qkv", 3 * d, d).Concat(Pair(prefix + "attn.proj", d, d))
            .Concat(Pair(prefix + "mlp.fc1", hidden, d)).Concat(Pair(prefix + "mlp.fc2", d, hidden));
        return config.NormAffine ? Pair(prefix + "norm1", d).Concat(Pair(prefix + "norm2", d)).Concat(linear) : linear;
    }

    // A weight, and a bias with one value for each of its rows.
    private static IEnumerable<(string Key, long[] Shape)> Pair(string prefix, params long[] shape) =>
        [(prefix + ".weight", shape), (prefix + ".bias", [shape[0]])];
}
