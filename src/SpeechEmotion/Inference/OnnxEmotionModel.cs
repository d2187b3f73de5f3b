using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Results;

namespace SpeechEmotion.Inference;

/// <summary>A model that runs in ONNX Runtime. All callers share one session.</summary>
internal sealed class OnnxEmotionModel : IEmotionModel
{
    private readonly ModelManifest _manifest;
    private readonly InferenceSession _session;
    private readonly LinearHead? _head;
    private readonly LinearHead? _speechHead;
    private readonly string _input;
    private readonly string[] _outputs;

    private OnnxEmotionModel(ModelManifest manifest, ModelSession session, LinearHead? head, LinearHead? speechHead)
    {
        (_manifest, _session, _head, _speechHead) = (manifest, session.Inference, head, speechHead ?? head);
        (Device, DeviceFault) = (session.Device, session.Fault);
        _input = _session.InputNames[0];
        _outputs = _session.OutputNames.Contains("logits") ? ["frames", "logits"] : ["frames"];
        Labels = manifest.Labels is { Count: > 0 } labels ? new LabelSet(labels) : null;
    }

    public ModelIdentity Identity => _manifest.Identity;

    public LabelSet? Labels { get; }

    public int Dimension => _manifest.Dimension;

    public int MinSamples => _manifest.MinSamples;

    public int? MaxSamples => _manifest.MaxSamples;

    public bool SpeechOnly => _manifest.SpeechOnly;

    public ComputeDevice Device { get; }

    public string Runtime => $"ONNX Runtime {InferenceRuntime.Version}";

    /// <summary>The reason why the model runs on the CPU although CUDA was requested; null if there is none.</summary>
    public DeviceFault? DeviceFault { get; }

    /// <summary>Loads the model of a folder.</summary>
    /// <param name="folder">The folder with the manifest, the graph and its weights.</param>
    /// <param name="options">The options for loading it.</param>
    /// <exception cref="ModelException"><c>model.damaged</c>: a file is missing or broken.</exception>
    public static OnnxEmotionModel Load(ModelFolder folder, ModelLoadOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        try
        {
            var manifest = folder.Manifest;
            var (head, speechHead) = (ReadHead(folder, manifest.Head), ReadHead(folder, manifest.SpeechHead));
            return Checked(new(manifest, ModelSession.Open(folder, options), head, speechHead), folder);
        }
        catch (Exception e) when (e is OnnxRuntimeException or IOException or UnauthorizedAccessException)
        {
            throw new ModelException(
                "model.damaged", $"The model in {folder.Directory} cannot be loaded: {Sentence.End(e.Message)} Install or import it again.",
                $"无法加载 {folder.Directory} 中的模型：{Sentence.End(e.Message)} 请重新安装或导入。", e);
        }
    }

    public ModelFrames Run(ReadOnlyMemory<float> waveform, CancellationToken ct = default) => Run(waveform, _head, ct);

    public ModelFrames RunSpeech(ReadOnlyMemory<float> waveform, CancellationToken ct = default) => Run(waveform, _speechHead, ct);

    public void ReleaseMemory()
    {
        // The engine shrinks its memory only at the end of a run, so run it with the shortest input.
        using var input = OrtValue.CreateTensorValueFromMemory(new float[MinSamples], [1, MinSamples]);
        using var run = new RunOptions();
        run.AddRunConfigEntry("memory.enable_memory_arena_shrinkage", Device == ComputeDevice.Cuda ? "cpu:0;gpu:0" : "cpu:0");
        using var flushed = FlushedDenormals.Begin();
        try
        {
            using var results = _session.Run(run, [_input], [input], _outputs);
        }
        catch (OnnxRuntimeException)
        {
            // Memory that was not released serves the next run.
        }
        NativeHeap.Trim();
    }

    public void Dispose()
    {
        _session.Dispose();
        NativeHeap.Trim();
    }

    private static LinearHead? ReadHead(ModelFolder folder, string? file) => file is not null && folder.Manifest.Labels is { } labels
        ? LinearHead.Read(folder.PathOf(file), labels.Count, folder.Manifest.Dimension)
        : null;

    private ModelFrames Run(ReadOnlyMemory<float> waveform, LinearHead? head, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(waveform.Length, MinSamples);
        ct.ThrowIfCancellationRequested();
        using var input = OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, MemoryMarshal.AsMemory(waveform), [1, waveform.Length]);
        using var run = new RunOptions();
        using var stop = ct.Register(() => run.Terminate = true);
        try
        {
            using var flushed = FlushedDenormals.Begin();
            using var results = _session.Run(run, [_input], [input], _outputs);
            var features = results[0].GetTensorDataAsSpan<float>().ToArray();
            var frames = features.Length / Dimension;
            var logits = results.Count > 1 ? results[1].GetTensorDataAsSpan<float>().ToArray()
                : head?.Apply(features, frames) ?? [];
            return new(frames, features, logits);
        }
        catch (OnnxRuntimeException e)
        {
            ct.ThrowIfCancellationRequested();
            var seconds = ((double)waveform.Length / SampleRate.Hz).ToString("F1", CultureInfo.InvariantCulture);
            throw new ModelException(
                "model.run_failed",
                $"The model {Identity.Id} could not compute {seconds} s of audio: {Sentence.End(e.Message)} " +
                "Free some memory, or use a smaller model.",
                $"模型 {Identity.Id} 无法计算 {seconds} 秒音频：{Sentence.End(e.Message)} 请释放内存，或改用较小的模型。", e);
        }
    }

    /// <summary>Checks the graph's outputs: with other sizes than in the manifest, they would be read past their end.</summary>
    private static OnnxEmotionModel Checked(OnnxEmotionModel model, ModelFolder folder)
    {
        var width = model._session.OutputMetadata.TryGetValue("frames", out var frames) ? frames.Dimensions[^1] : 0;
        var labels = model._session.OutputMetadata.TryGetValue("logits", out var logits) ? logits.Dimensions[^1] : 0;
        if (width == model.Dimension && (model._head is not null || labels == (model.Labels?.Count ?? 0)))
            return model;
        model.Dispose();
        throw new ModelException(
            "model.damaged", $"The graph in {folder.Directory} does not match its model.json. Install or import it again.",
            $"{folder.Directory} 中的计算图与 model.json 不符。请重新安装或导入。");
    }
}
