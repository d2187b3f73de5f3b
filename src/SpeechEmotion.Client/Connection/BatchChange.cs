namespace SpeechEmotion.Client.Connection;

/// <summary>The body that changes a batch; null for what stays.</summary>
/// <param name="Priority">The priority, -10 to 10.</param>
/// <param name="Name">The name.</param>
internal sealed record BatchChange(int? Priority, string? Name);
