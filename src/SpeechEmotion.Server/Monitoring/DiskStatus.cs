namespace SpeechEmotion.Server.Monitoring;

/// <summary>How much of the disk the server takes.</summary>
/// <param name="Limit">Bytes that uploads and results may take together.</param>
/// <param name="Used">Bytes that they take, or that are reserved for them.</param>
/// <param name="Free">Bytes that are free on the disk.</param>
public sealed record DiskStatus(long Limit, long Used, long Free);
