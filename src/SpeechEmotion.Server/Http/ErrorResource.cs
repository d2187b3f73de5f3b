namespace SpeechEmotion.Server.Http;

/// <summary>Why there is no result.</summary>
/// <param name="Code">Stable code for programs.</param>
/// <param name="Message">For people, in the language that was asked for.</param>
public sealed record ErrorResource(string Code, string Message);
