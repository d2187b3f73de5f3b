using OpenTelemetry.Resources;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Hosting;

namespace SpeechEmotion.Server.Telemetry;

/// <summary>Names the program among the others whose traces and metrics a collector receives.</summary>
internal sealed class ProgramDetector(ServerFolder folder) : IResourceDetector
{
    public Resource Detect() => new(
    [
        new("service.name", folder.IsWorker ? "ser-worker" : "ser-server"),
        new("service.version", ProductVersion.Text),
        new("service.instance.id", folder.Program),
    ]);
}
