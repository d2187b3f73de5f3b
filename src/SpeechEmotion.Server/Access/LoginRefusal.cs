namespace SpeechEmotion.Server.Access;

/// <summary>What Gradio clients read where a login fails.</summary>
/// <param name="Detail">Why, for people.</param>
public sealed record LoginRefusal(string Detail);
