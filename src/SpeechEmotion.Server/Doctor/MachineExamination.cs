using System.Globalization;
using SpeechEmotion.Results;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Server.Doctor;

/// <summary>Examines this machine.</summary>
internal static class MachineExamination
{
    /// <summary>Recordings of a worker are copied to the temporary folder first.</summary>
    private const long LeastSpace = 2_000_000_000;

    public static IEnumerable<Finding> Run()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
        yield return Finding.Ok("program", string.Create(
            CultureInfo.InvariantCulture,
            $"SpeechEmotion {ProductVersion.Text}, {Environment.ProcessorCount} cores, {memory:F1} GB of memory"));
        var (folder, free) = (Path.GetTempPath(), DiskSpace.FreeAt(Path.GetTempPath()));
        var space = string.Create(CultureInfo.InvariantCulture, $"{free / 1e9:F1} GB");
        yield return free >= LeastSpace
            ? Finding.Ok("space", $"{space} free in {folder}")
            : Finding.Warning(
                "space", $"Only {space} are free in {folder}, into which recordings are copied. Set TMPDIR to a larger disk.",
                $"{folder} 仅剩 {space}，录音会先复制到此处。请将 TMPDIR 指向更大的磁盘。");
    }
}
