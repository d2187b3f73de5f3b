using System.Numerics.Tensors;
using SpeechEmotion.Audio;
using SpeechEmotion.Errors;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Results;

namespace SpeechEmotion.Quantization;

/// <summary>Runs an imported model over its publisher's example and compares its answer with FunASR's.</summary>
/// <param name="reference">FunASR's answer.</param>
internal sealed class ReferenceComparison(ModelReference reference)
{
    /// <summary>The most samples of an example at 16 kHz: 30 s. A longer one is refused.</summary>
    private const int Longest = 30 * SampleRate.Hz;

    /// <summary>The name of the example in a model's folder.</summary>
    public string FileName => $"example{Path.GetExtension(reference.Example)}";

    /// <summary>The example in the model's folder, or in the folder that the model was imported from; null if there is none.</summary>
    public string? FindExample(ModelFolder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        string?[] places =
        [
            model.PathOf(FileName),
            model.Manifest.Source is { } source ? Path.Combine(source.Directory, reference.Example) : null,
        ];
        return places.FirstOrDefault(File.Exists);
    }

    /// <summary>Compares the answers, and stores example and certificate in the model's folder.</summary>
    /// <param name="model">A float32 model of the store.</param>
    /// <param name="example">The recording.</param>
    /// <param name="ct">Cancels the comparison.</param>
    /// <returns>The model with <see cref="ModelManifest.Reference"/>.</returns>
    /// <exception cref="AudioException">The example cannot be read, or is longer than 30 s.</exception>
    /// <exception cref="ModelException">The model cannot be loaded or run, or its folder cannot be written.</exception>
    public ModelFolder Run(ModelFolder model, string example, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var clip = Read(example, ct);
        using var loaded = OnnxEmotionModel.Load(model, new() { MapWeights = true });
        if (clip.Length < loaded.MinSamples || loaded.Labels is not { } labels)
            throw Unusable(example);
        var logits = loaded.Run(clip, ct).MeanLogits();
        try
        {
            var certificate = Compare(labels, logits, Checksum.OfFile(example, null, ct));
            if (Path.GetFullPath(example) is var from && from != model.PathOf(FileName))
                File.Copy(from, model.PathOf(FileName), overwrite: true);
            return model.Rewrite(model.Manifest with { Reference = certificate });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(
                "model.store_not_writable",
                $"The comparison of {model.Manifest.Id} could not be stored in {model.Directory}: {e.Message}"
                + " Check that you may write there and that there is space.",
                $"无法将 {model.Manifest.Id} 的对比结果写入 {model.Directory}：{e.Message} 请检查写入权限和空间。", e);
        }
    }

    /// <summary>Compares without an explicit request: a model that cannot be compared is used without a certificate.</summary>
    /// <returns>The model, with a new certificate if it could be compared.</returns>
    public ModelFolder TryRun(ModelFolder model, string? example, CancellationToken ct = default)
    {
        try
        {
            return example is null ? model : Run(model, example, ct);
        }
        catch (SpeechEmotionException)
        {
            return model;
        }
    }

    private static float[] Read(string path, CancellationToken ct)
    {
        using var waveform = new WaveformReader(AudioFile.Open(path, null, ct));
        var clip = new float[Longest + 1];
        var count = 0;
        while (count < clip.Length && waveform.Read(clip.AsSpan(count)) is > 0 and var read)
            count += read;
        return count <= Longest ? clip[..count] : throw Unusable(path);
    }

    private ReferenceCertificate Compare(LabelSet labels, float[] logits, string sha256)
    {
        var certificate = new ReferenceCertificate
        {
            Label = labels.Texts[TensorPrimitives.IndexOfMax<float>(logits)],
            ExampleSha256 = sha256,
            Version = ProductVersion.Text,
            Engine = InferenceRuntime.Version,
            Processor = ProcessorKind.Name,
        };
        if (labels.Count != reference.Scores.Count)
            return certificate;
        double[] differences = [.. LogSoftMax(logits).Zip(reference.Scores, (own, score) => Math.Abs(own - Math.Log(score)))];
        // NaN counts as the largest difference.
        var worst = TensorPrimitives.IndexOfMax<double>(differences);
        return certificate with
        {
            ReferenceLabel = labels.Texts[TensorPrimitives.IndexOfMax<double>(reference.Scores.ToArray())],
            Difference = double.IsFinite(differences[worst]) ? differences[worst] : null,
            DifferenceLabel = labels.Texts[worst],
        };
    }

    /// <summary>In float64, because the score itself may be too small for a float32.</summary>
    private static IEnumerable<double> LogSoftMax(float[] logits)
    {
        double largest = logits.Max();
        var sum = Math.Log(logits.Sum(logit => Math.Exp(logit - largest)));
        return logits.Select(logit => logit - largest - sum);
    }

    private static AudioException Unusable(string path) => new(
        "audio.no_example",
        $"{path} cannot serve as the model's example: it is too short or longer than 30 s, or the model has no labels."
        + " Use the file of the model's page.",
        $"{path} 不能用作模型示例：过短、超过 30 秒，或模型没有标签。请使用模型页面提供的文件。");
}
