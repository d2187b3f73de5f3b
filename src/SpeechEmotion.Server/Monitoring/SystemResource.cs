namespace SpeechEmotion.Server.Monitoring;

/// <summary>The server's version, model, queue and limits.</summary>
/// <param name="Version">Version of the program.</param>
/// <param name="OnnxRuntime">Version of ONNX Runtime.</param>
/// <param name="Dotnet">Version of .NET.</param>
/// <param name="Os">The operating system.</param>
/// <param name="Cores">Number of processor cores that the server may use.</param>
/// <param name="MemoryLimit">Bytes of memory that running inferences may use together.</param>
/// <param name="Disk">Disk usage.</param>
/// <param name="Output">Name of the folder for all outputs.</param>
/// <param name="Model">The default model.</param>
/// <param name="Queue">The queue of recognitions.</param>
/// <param name="Limits">Limits of a recording.</param>
/// <param name="Formats">Names of the formats that the server reads, for people.</param>
/// <param name="Extensions">Usual file name extensions of recordings, with the dot, for a file chooser.</param>
/// <param name="Shared">Whether other servers or workers may share its database.</param>
/// <param name="BatchFolders">Whether a batch may name a folder of the server (<c>--batch-root</c>).</param>
public sealed record SystemResource(
    string Version, string OnnxRuntime, string Dotnet, string Os, int Cores, long MemoryLimit, DiskStatus Disk, string Output,
    ModelStatus Model, QueueStatus Queue, ServerLimits Limits, IReadOnlyList<string> Formats, IReadOnlyList<string> Extensions,
    bool Shared, bool BatchFolders);
