namespace SpeechEmotion.Server.Gradio.Streams;

/// <summary>A message of a session's stream: its JSON, or an event that came to its end, whose JSON is written when it is sent.</summary>
/// <param name="Number">Grows with each message of the session.</param>
/// <param name="Json">The message.</param>
/// <param name="Completed">The event, where it came to its end.</param>
/// <param name="Progress">The event, where this tells how far it is, which only the newest such message need do.</param>
internal readonly record struct GradioMessage(long Number, string? Json, GradioEvent? Completed, GradioEvent? Progress);
