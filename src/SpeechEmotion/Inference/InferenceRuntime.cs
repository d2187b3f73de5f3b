using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace SpeechEmotion.Inference;

/// <summary>The engine that computes the models.</summary>
public static partial class InferenceRuntime
{
    /// <summary>
    /// The session option that lets threads sleep as soon as a run ends. Otherwise they go on looking for work for some tens of
    /// milliseconds, on cores that the next model, the decoder or a neighbour could use.
    /// </summary>
    internal const string RestOption = "session.force_spinning_stop";

    private const string DisableTelemetry = "ORT_DISABLE_TELEMETRY";

    private static readonly Lazy<OrtEnv> Started = new(Start);

    /// <summary>Version of ONNX Runtime, for example <c>1.31.1</c>.</summary>
    public static string Version => Engine.GetVersionString();

    /// <summary>
    /// The engine, started when it is first asked for. As it is delivered it reports its use to its maker over the network and
    /// keeps a device identifier in the user's home; it is told not to, unless the environment says otherwise already.
    /// </summary>
    internal static OrtEnv Engine => Started.Value;

    private static OrtEnv Start()
    {
        // The engine reads the process's own environment, of which .NET changes only a copy elsewhere than on Windows.
        if (!OperatingSystem.IsWindows())
            _ = SetEnvironment(DisableTelemetry, "1", overwrite: 0);
        else if (Environment.GetEnvironmentVariable(DisableTelemetry) is null)
            Environment.SetEnvironmentVariable(DisableTelemetry, "1");
        // A host program may have started the engine for purposes of its own; there is only one.
        if (OrtEnv.IsCreated)
            return OrtEnv.Instance();
        // What goes wrong comes as an exception; the engine's own notes would stand between a command's lines.
        var options = new EnvironmentCreationOptions { logId = "SpeechEmotion", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        return OrtEnv.CreateInstanceWithOptions(ref options);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
