using SpeechEmotion.Server.Cluster;

namespace SpeechEmotion.Server.Monitoring;

/// <summary>Whether a part of the installation can be used.</summary>
/// <param name="Part">Which one.</param>
/// <param name="Code">Code of the reason why this server cannot use it; null if it can.</param>
public sealed record PartHealth(PartKind Part, string? Code);
