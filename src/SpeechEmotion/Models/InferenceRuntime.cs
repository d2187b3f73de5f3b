using Microsoft.ML.OnnxRuntime;

namespace SpeechEmotion.Models;

/// <summary>The engine that computes the models.</summary>
public static class InferenceRuntime
{
    /// <summary>Version of ONNX Runtime, for example <c>1.31.1</c>.</summary>
    public static string Version => OrtEnv.Instance().GetVersionString();
}
