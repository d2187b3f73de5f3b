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
            Description = "Device: cpu (default), cuda, or auto: cuda if available / 计算设备",
            HelpName = "cpu|cuda|auto",
        };
        // Otherwise the parser would accept any number too.
        option.AcceptOnlyFromAmong("cpu", "cuda", "auto");
        return option;
    }
}
