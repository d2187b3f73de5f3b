namespace SpeechEmotion.Server.Access;

/// <summary>Route metadata: the body of a 401 response, for clients that do not read a problem document.</summary>
/// <param name="Json">The body.</param>
internal sealed record DenialBody(string Json);
