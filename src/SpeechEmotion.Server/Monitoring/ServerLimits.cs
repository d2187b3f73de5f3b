namespace SpeechEmotion.Server.Monitoring;

/// <summary>The limits of a recording.</summary>
/// <param name="MaxUploadBytes">Largest upload in bytes.</param>
/// <param name="MaxHours">Longest recording in hours.</param>
public sealed record ServerLimits(long MaxUploadBytes, double MaxHours);
