namespace SpeechEmotion.Server.Access;

/// <summary>The response to a successful login, as Gradio clients expect it.</summary>
/// <param name="Success">Always true: a failed login has another status code.</param>
public sealed record LoginAnswer(bool Success);
