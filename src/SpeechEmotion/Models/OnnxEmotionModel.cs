using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using SpeechEmotion.Errors;
using SpeechEmotion.Results;

namespace SpeechEmotion.Models;

/// <summary>A model that ONNX Runtime computes. One session, shared by all callers.</summary>
internal sealed class OnnxEmotionModel : IEmotionModel
{
    private readonly ModelManifest _manifest;
    private readonly InferenceSession _session;
    private readonly LinearHead? _head;
    private readonly string _input;
    private readonly string[] _outputs;

    private OnnxEmotionModel(ModelManifest manifest, InferenceSession session, LinearHead? head)
    {
        (_manifest, _session, _head) = (manifest, session, head);
        _input = session.InputNames[0];
        _outputs = session.OutputNames.Contains("logits") ? ["frames", "logits"] : ["frames"];
        Labels = manifest.Labels is { Count: > 0 } labels ? new LabelSet(labels) : null;
    }

    public ModelIdentity Identity => _manifest.Identity;

    public LabelSet? Labels { get; }

    public int Dimension => _manifest.Dimension;

    public int MinSamples => _manifest.MinSamples;

    /// <summary>Loads the model of a folder.</summary>
    /// <param name="folder">Holds the manifest, the graph and its weights.</param>
    /// <param name="options">How to load it.</param>
    /// <exception cref="ModelException"><c>model.damaged</c>: a file is missing or broken.</exception>
    public static OnnxEmotionModel Load(ModelFolder folder, ModelLoadOptions options)
    {
        _ = InferenceRuntime.Engine;
        using var session = new SessionOptions
        {
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            IntraOpNumThreads = options.Threads,
        };
        // Unpacked weights stay in the mapped file: nothing is copied, so the first answer comes at once.
        if (options.MapWeights)
            session.AddSessionConfigEntry("session.disable_prepacking", "1");
        try
        {
            var manifest = folder.Manifest;
            var head = manifest.Head is { } file && manifest.Labels is { } labels
                ? LinearHead.Read(folder.PathOf(file), labels.Count, manifest.Dimension)
                : null;
            return new(manifest, new InferenceSession(folder.PathOf(manifest.Graph), session), head);
        }
        catch (Exception e) when (e is OnnxRuntimeException or IOException or System.Text.Json.JsonException)
        {
            throw new ModelException(
                "model.damaged", $"The model in {folder.Directory} cannot be loaded: {e.Message} Install or import it again.",
                $"无法加载 {folder.Directory} 中的模型：{e.Message} 请重新安装或导入。", e);
        }
    }

    public ModelFrames Run(ReadOnlyMemory<float> waveform, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(waveform.Length, MinSamples);
        ct.ThrowIfCancellationRequested();
        using var input = OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, MemoryMarshal.AsMemory(waveform), [1, waveform.Length]);
        using var run = new RunOptions();
        using var stop = ct.Register(() => run.Terminate = true);
        try
        {
            using var results = _session.Run(run, [_input], [input], _outputs);
            var features = results[0].GetTensorDataAsSpan<float>().ToArray();
            var frames = features.Length / Dimension;
            var logits = results.Count > 1 ? results[1].GetTensorDataAsSpan<float>().ToArray()
                : _head?.Apply(features, frames) ?? [];
            return new(frames, features, logits);
        }
        catch (OnnxRuntimeException e)
        {
            ct.ThrowIfCancellationRequested();
            throw new ModelException(
                "model.run_failed", $"The model {Identity.Id} could not compute {waveform.Length / 16000.0:F1} s of audio: {e.Message}",
                $"模型 {Identity.Id} 无法计算 {waveform.Length / 16000.0:F1} 秒音频：{e.Message}", e);
        }
    }

    public void Dispose() => _session.Dispose();
}
