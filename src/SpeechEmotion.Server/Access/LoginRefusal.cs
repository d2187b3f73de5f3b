namespace SpeechEmotion.Server.Access;

/// <summary>The response to a failed login, as Gradio clients expect it.</summary>
/// <param name="Detail">The reason, for people.</param>
public sealed record LoginRefusal(string Detail);
