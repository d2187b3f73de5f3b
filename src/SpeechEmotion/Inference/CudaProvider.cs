using Microsoft.ML.OnnxRuntime;

namespace SpeechEmotion.Inference;

/// <summary>ONNX Runtime's execution provider for NVIDIA GPUs, which only its GPU package contains.</summary>
internal static class CudaProvider
{
    private const string Name = "CUDAExecutionProvider";

    private const string Failure = " : FAIL : ";

    private const int MaxReason = 300;

    /// <summary>Adds the provider to the options of a session.</summary>
    /// <exception cref="Exception">CUDA is not available; <see cref="Explains"/> returns true for the exception.</exception>
    public static void Add(SessionOptions session)
    {
        if (!OrtEnv.Instance().GetAvailableProviders().Contains(Name))
            throw new NotSupportedException();
        using var options = new OrtCUDAProviderOptions();
        options.UpdateOptions(new Dictionary<string, string>
        {
            ["device_id"] = "0",
            // By default, matrix products round their factors to 10 bits; the reference does not.
            ["use_tf32"] = "0",
            // Recordings differ in length, and an exhaustive search would be repeated for each length.
            ["cudnn_conv_algo_search"] = "HEURISTIC",
            ["arena_extend_strategy"] = "kSameAsRequested",
        });
        session.AppendExecutionProvider_CUDA(options);
    }

    /// <summary>Whether an exception is one of those with which libraries report that CUDA is not available.</summary>
    public static bool Explains(Exception e) =>
        e is OnnxRuntimeException or NotSupportedException or EntryPointNotFoundException or DllNotFoundException
            or TypeInitializationException;

    /// <summary>Describes such an exception for people.</summary>
    public static DeviceFault FaultOf(Exception e, bool demanded)
    {
        if (e is not OnnxRuntimeException)
        {
            return new(
                demanded,
                "this program was built without ONNX Runtime's GPU package (build it with SpeechEmotionGpu=true, see docs/gpu.md)",
                "本程序构建时未包含 ONNX Runtime 的 GPU 包（请以 SpeechEmotionGpu=true 构建，见 docs/gpu.md）");
        }
        var reason = Reason(e.Message);
        return new(
            demanded, $"the GPU, its driver, CUDA 13 or cuDNN 9 is missing or cannot be used ({reason})",
            $"缺少可用的显卡、驱动、CUDA 13 或 cuDNN 9（{reason}）");
    }

    /// <summary>int8 models are verified against their originals on the CPU, and most of their operators exist only there.</summary>
    public static DeviceFault Int8Fault(bool demanded) =>
        new(demanded, "int8 models run on the CPU; request fp32 to use CUDA", "int8 由 CPU 计算；要使用 CUDA 请选择 fp32");

    /// <summary>Extracts the reason: ONNX Runtime's messages start with source files and functions and end with the reason.</summary>
    private static string Reason(string message)
    {
        var begin = message.LastIndexOf(Failure, StringComparison.Ordinal);
        message = begin < 0 ? message : message[(begin + Failure.Length)..];
        var line = string.Join(' ', message.Split((char[])['\n', '\r', '\t', ' '], StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        return line.Length <= MaxReason ? line : "... " + line[^MaxReason..];
    }
}
