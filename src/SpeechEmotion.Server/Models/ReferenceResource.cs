using SpeechEmotion.Models;

namespace SpeechEmotion.Server.Models;

/// <summary>How a model answered its publisher's example when it was imported.</summary>
/// <param name="Agrees">Whether it answers as FunASR does.</param>
/// <param name="Text">The outcome, and what to do where the answers differ, in the language that was asked for.</param>
public sealed record ReferenceResource(bool Agrees, string Text)
{
    internal static ReferenceResource Of(ModelManifest manifest, ReferenceCertificate certificate, string language) =>
        new(certificate.Agrees, string.Join(language == "zh" ? "。" : ". ", [certificate.TextIn(language), .. certificate.AdviceIn(manifest.Id, language) is { } advice ? [advice] : Array.Empty<string>()]));
}
