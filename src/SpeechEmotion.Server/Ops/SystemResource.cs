namespace SpeechEmotion.Server.Ops;

/// <summary>What the server is, and how it does; extensions are how files that hold recordings are usually named, for a file chooser.</summary>
public sealed record SystemResource(
    string Version, string OnnxRuntime, string Dotnet, string Os, int Cores, long MemoryLimit, DiskStatus Disk, string Output,
    ModelStatus Model, QueueStatus Queue, ServerLimits Limits, IReadOnlyList<string> Formats, IReadOnlyList<string> Extensions);
