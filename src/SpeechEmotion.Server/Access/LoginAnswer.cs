namespace SpeechEmotion.Server.Access;

/// <summary>What Gradio clients read after a login.</summary>
/// <param name="Success">Always true: a failure has another status.</param>
public sealed record LoginAnswer(bool Success);
