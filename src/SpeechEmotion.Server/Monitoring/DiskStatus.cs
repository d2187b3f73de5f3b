namespace SpeechEmotion.Server.Monitoring;

/// <summary>The disk usage of the server.</summary>
/// <param name="Limit">Bytes that uploads and results may use together.</param>
/// <param name="Used">Bytes that they use or have reserved.</param>
/// <param name="Free">Free bytes on the disk.</param>
public sealed record DiskStatus(long Limit, long Used, long Free);
