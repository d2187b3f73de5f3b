namespace SpeechEmotion.Server.Recognitions;

/// <summary>A recognition that could not be deleted.</summary>
/// <param name="Id">Identifier of the recognition.</param>
/// <param name="Code">Stable code for programs.</param>
/// <param name="Message">Text for people, in the language of the request.</param>
public sealed record DeletionFailureResource(string Id, string Code, string Message);
