using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace SpeechEmotion.Inference;

/// <summary>The inference engine, ONNX Runtime.</summary>
public static partial class InferenceRuntime
{
    /// <summary>
    /// The session option that lets threads sleep as soon as a run ends. Otherwise they spin for some tens of milliseconds on cores that
    /// the next model, the decoder or another process could use.
    /// </summary>
    internal const string RestOption = "session.force_spinning_stop";

    private const string DisableTelemetry = "ORT_DISABLE_TELEMETRY";

    private static readonly Lazy<OrtEnv> Started = new(Start);

    /// <summary>The version of ONNX Runtime, for example <c>1.31.1</c>.</summary>
    public static string Version => Engine.GetVersionString();

    /// <summary>
    /// The engine, started on first use. By default it sends telemetry to its vendor and stores a device identifier in the user's home;
    /// this is disabled unless the environment already sets the option.
    /// </summary>
    internal static OrtEnv Engine => Started.Value;

    private static OrtEnv Start()
    {
        // ONNX Runtime reads the native environment, of which .NET changes only a copy, except on Windows.
        if (!OperatingSystem.IsWindows())
            _ = SetEnvironment(DisableTelemetry, "1", overwrite: 0);
        else if (Environment.GetEnvironmentVariable(DisableTelemetry) is null)
            Environment.SetEnvironmentVariable(DisableTelemetry, "1");
        // The host program may already have started the engine for its own purposes; a process has only one.
        if (OrtEnv.IsCreated)
            return OrtEnv.Instance();
        // Errors are thrown as exceptions; the engine's own log lines would mix with the output of a command.
        var options = new EnvironmentCreationOptions { logId = "SpeechEmotion", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        return OrtEnv.CreateInstanceWithOptions(ref options);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
