namespace SpeechEmotion.Server.Gradio.Streams;

/// <summary>A message of a session: its JSON, or an ended event whose JSON is written when the message is sent.</summary>
/// <param name="Number">The number, which increases with each message of the session.</param>
/// <param name="Json">The JSON of the message; null for an ended event.</param>
/// <param name="Completed">The event that ended; null for other messages.</param>
/// <param name="Progress">The event whose progress the message reports; only its newest such message is kept. Null for others.</param>
internal readonly record struct GradioMessage(long Number, string? Json, GradioEvent? Completed, GradioEvent? Progress);
