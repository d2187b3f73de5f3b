using SpeechEmotion.Models;
using SpeechEmotion.Quantization;

namespace SpeechEmotion.Server.Models;

/// <summary>The int8 form of a model.</summary>
/// <param name="Certified">Whether <c>--precision auto</c> uses it on this machine.</param>
/// <param name="Text">Result of its comparison with float32, and the reason if it is not used, in the requested language.</param>
/// <param name="MadeFor">The processor, engine, weights and matrix products that the comparison is valid for, in the same language.</param>
public sealed record Int8Resource(bool Certified, string Text, string MadeFor)
{
    internal static Int8Resource Of(Int8Certificate certificate, string language) => certificate.FaultHere() is { } fault
        ? new(
            false, $"{certificate.TextIn(language)}{(language == "zh" ? "；" : "; ")}{fault.TextIn(language)}",
            certificate.MadeForIn(language))
        : new(true, certificate.TextIn(language), certificate.MadeForIn(language));
}
