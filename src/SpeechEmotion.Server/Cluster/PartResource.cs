using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Cluster;

/// <summary>A part of the installation.</summary>
/// <param name="Part">Which one.</param>
/// <param name="Engine">What it is: <c>sqlite</c>, <c>postgresql</c>, <c>folder</c>, <c>bucket</c>, <c>rabbitmq</c>.</param>
/// <param name="Error">Why this server cannot use it; null if it can.</param>
public sealed record PartResource(PartKind Part, string Engine, ErrorResource? Error)
{
    internal static PartResource Of(InstallationPart part, string language) =>
        new(part.Kind, part.Engine, ErrorResource.Of(part.Failure, language));
}
