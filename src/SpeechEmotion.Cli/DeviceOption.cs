using System.CommandLine;
using SpeechEmotion.Inference;

namespace SpeechEmotion.Cli;

/// <summary><c>--device cpu|cuda|auto</c>.</summary>
internal static class DeviceOption
{
    public static Option<ComputeDevice> Create() => ChoiceOption.Create<ComputeDevice>(
        "--device", "Device: cpu (default), cuda, or auto: cuda if available / 计算设备");
}
