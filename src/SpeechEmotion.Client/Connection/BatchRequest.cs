using SpeechEmotion.Client.Options;

namespace SpeechEmotion.Client.Connection;

/// <summary>The body that creates a batch.</summary>
/// <param name="Name">The name that people see; null for none.</param>
/// <param name="Priority">The priority, -10 to 10.</param>
/// <param name="Open">Whether recordings follow.</param>
/// <param name="Webhook">The address to call when the batch is done; null for none.</param>
/// <param name="Options">How each recording is recognized.</param>
internal sealed record BatchRequest(string? Name, int Priority, bool Open, Uri? Webhook, RecognitionOptions Options);
