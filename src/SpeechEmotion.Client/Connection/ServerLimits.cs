namespace SpeechEmotion.Client.Connection;

/// <summary>The limits of a server.</summary>
/// <param name="MaxUploadBytes">The largest upload in bytes.</param>
internal sealed record ServerLimits(long MaxUploadBytes);
