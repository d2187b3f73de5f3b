namespace SpeechEmotion.Server.Monitoring;

/// <summary>What the server takes.</summary>
/// <param name="MaxUploadBytes">Largest upload.</param>
/// <param name="MaxHours">Longest recording.</param>
public sealed record ServerLimits(long MaxUploadBytes, double MaxHours);
