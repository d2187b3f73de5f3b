namespace SpeechEmotion.Server.Gradio;

/// <summary>A message of a session's stream: its JSON, or an event that came to its end, whose JSON is written when it is sent.</summary>
/// <param name="Number">Grows with each message of the session.</param>
/// <param name="Json">The message.</param>
/// <param name="Completed">The event, where it came to its end.</param>
internal readonly record struct GradioMessage(long Number, string? Json, GradioEvent? Completed);
