using System.CommandLine;
using SpeechEmotion.Quantization;

namespace SpeechEmotion.Cli;

/// <summary><c>--precision fp32|int8|auto</c>.</summary>
internal static class PrecisionOption
{
    public static Option<ModelPrecision> Create() => ChoiceOption.Create<ModelPrecision>(
        "--precision", "Arithmetic: fp32 (default), int8, or auto: int8 if it is certified / 计算精度");
}
