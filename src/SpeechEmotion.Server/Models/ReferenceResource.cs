using SpeechEmotion.Models;

namespace SpeechEmotion.Server.Models;

/// <summary>The comparison of a model with FunASR on the publisher's example, made when the model was imported.</summary>
/// <param name="Agrees">Whether the results agree.</param>
/// <param name="Text">The outcome, and what to do if the results differ, in the requested language.</param>
public sealed record ReferenceResource(bool Agrees, string Text)
{
    internal static ReferenceResource Of(ModelManifest manifest, ReferenceCertificate certificate, string language)
    {
        string[] advice = certificate.AdviceIn(manifest.Id, language) is { } text ? [text] : [];
        return new(certificate.Agrees, string.Join(language == "zh" ? "。" : ". ", [certificate.TextIn(language), .. advice]));
    }
}
