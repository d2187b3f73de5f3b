namespace SpeechEmotion.Client.Connection;

/// <summary>What a client needs to know of a server before it sends many recordings.</summary>
/// <param name="Limits">Its limits.</param>
/// <param name="Extensions">The usual file name extensions of recordings, with the dot.</param>
internal sealed record ServerSystem(ServerLimits Limits, IReadOnlyList<string> Extensions);
