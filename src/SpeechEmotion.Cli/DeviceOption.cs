using System.CommandLine;
using SpeechEmotion.Inference;

namespace SpeechEmotion.Cli;

/// <summary><c>--device cpu|cuda|auto</c>.</summary>
internal static class DeviceOption
{
    public static Option<ComputeDevice> Create()
    {
        var option = new Option<ComputeDevice>("--device")
        {
            Description = "What computes: cpu (default), cuda, or auto: cuda where it can be had / 计算设备",
            HelpName = "cpu|cuda|auto",
        };
        // Otherwise any number would do too.
        option.AcceptOnlyFromAmong("cpu", "cuda", "auto");
        return option;
    }
}
