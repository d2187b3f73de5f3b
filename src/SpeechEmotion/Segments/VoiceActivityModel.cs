using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.OnnxRuntime;
using SpeechEmotion.Inference;

namespace SpeechEmotion.Segments;

/// <summary>
/// Silero VAD 6.2 in its sequence form (models/vad): the probability of speech in frames of 32 ms. It is embedded in the library,
/// loaded on first use, and shared. Thread-safe; the caller owns the state of a stream.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "There is one, and it lives as long as the process.")]
internal sealed class VoiceActivityModel
{
    /// <summary>New samples per frame.</summary>
    public const int FrameSamples = 512;

    /// <summary>Samples before a frame that the model processes too.</summary>
    public const int ContextSamples = 64;

    /// <summary>Samples in one row of the input.</summary>
    public const int RowSamples = ContextSamples + FrameSamples;

    /// <summary>The length of each of the two states.</summary>
    public const int StateLength = 128;

    private const string Resource = "silero_vad_16k_sequence.onnx";

    private static readonly Lazy<VoiceActivityModel> Loaded = new(() => new());
    private static readonly string[] Inputs = ["input", "h", "c"];
    private static readonly string[] Outputs = ["speech_probs", "hn", "cn"];

    private readonly InferenceSession _session;

    private VoiceActivityModel()
    {
        _ = InferenceRuntime.Engine;
        using var options = new SessionOptions
        {
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            // The recurrent layer runs frame by frame: a second thread would only wait.
            IntraOpNumThreads = 1,
        };
        using var resource = typeof(VoiceActivityModel).Assembly.GetManifestResourceStream(Resource)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        _session = new(bytes, options);
    }

    /// <summary>The one model of this process.</summary>
    public static VoiceActivityModel Shared => Loaded.Value;

    /// <summary>Processes frames in order, however they are spread over calls.</summary>
    /// <param name="rows">(n, 576), row by row.</param>
    /// <param name="hidden">The state after the previous frames, (128,); becomes the state after these.</param>
    /// <param name="cell">As <paramref name="hidden"/>.</param>
    /// <param name="probabilities">Receives n probabilities in [0, 1].</param>
    public void Run(Memory<float> rows, float[] hidden, float[] cell, Span<float> probabilities)
    {
        var memory = OrtMemoryInfo.DefaultInstance;
        using var input = OrtValue.CreateTensorValueFromMemory(memory, rows, [rows.Length / RowSamples, RowSamples]);
        using var h = OrtValue.CreateTensorValueFromMemory(memory, hidden.AsMemory(), [1, 1, StateLength]);
        using var c = OrtValue.CreateTensorValueFromMemory(memory, cell.AsMemory(), [1, 1, StateLength]);
        using var run = new RunOptions();
        using var results = _session.Run(run, Inputs, [input, h, c], Outputs);
        results[0].GetTensorDataAsSpan<float>().CopyTo(probabilities);
        results[1].GetTensorDataAsSpan<float>().CopyTo(hidden);
        results[2].GetTensorDataAsSpan<float>().CopyTo(cell);
    }
}
