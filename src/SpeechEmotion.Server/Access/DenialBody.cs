namespace SpeechEmotion.Server.Access;

/// <summary>Metadata of a route: the body of a 401, where its clients read no problem document.</summary>
/// <param name="Json">The body.</param>
internal sealed record DenialBody(string Json);
