using System.CommandLine;
using System.Runtime.InteropServices;
using SpeechEmotion.Results;

namespace SpeechEmotion.Cli;

/// <summary><c>ser version</c>.</summary>
internal static class VersionCommand
{
    public static Command Create()
    {
        var command = new Command("version", "Show the versions / 显示版本");
        command.SetAction(_ =>
        {
            Console.WriteLine($"ser {ProductVersion.Text}");
            Console.WriteLine($"ONNX Runtime {Inference.InferenceRuntime.Version}");
            Console.WriteLine(RuntimeInformation.FrameworkDescription);
            return ExitCode.Success;
        });
        return command;
    }
}
