using SpeechEmotion.Models;

namespace SpeechEmotion.Server.Models;

/// <summary>The int8 form of a model.</summary>
/// <param name="Certified">Whether <c>--precision auto</c> takes it on this machine.</param>
/// <param name="Text">How it compared with float32, and what speaks against it, in the language that was asked for.</param>
public sealed record Int8Resource(bool Certified, string Text)
{
    internal static Int8Resource Of(Int8Certificate certificate, string language) => certificate.FaultHere is { } fault
        ? new(false, $"{certificate.TextIn(language)}{(language == "zh" ? "；" : "; ")}{fault.TextIn(language)}")
        : new(true, certificate.TextIn(language));
}
