using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Cli;

/// <summary><c>ser version</c>.</summary>
internal static class VersionCommand
{
    public static Command Create()
    {
        var command = new Command("version", "Tell the versions / 显示版本");
        command.SetAction(_ =>
        {
            var version = typeof(EmotionRecognizer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
            Console.WriteLine($"ser {version?.InformationalVersion}");
            Console.WriteLine($"ONNX Runtime {Models.InferenceRuntime.Version}");
            Console.WriteLine(RuntimeInformation.FrameworkDescription);
            return ExitCode.Success;
        });
        return command;
    }
}
