using System.Runtime.InteropServices;

namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>The machine that was measured.</summary>
/// <param name="Os">The name and version of the operating system.</param>
/// <param name="Architecture">The architecture of the program: <c>x64</c>, <c>arm64</c>.</param>
/// <param name="Cpu">The name that the processor reports; null if the system does not report it.</param>
/// <param name="Cores">The number of cores that this process may use.</param>
/// <param name="MemoryBytes">The memory that this process may use.</param>
internal sealed record Machine(string Os, string Architecture, string? Cpu, int Cores, long MemoryBytes)
{
    private const string CpuFile = "/proc/cpuinfo";

    /// <summary>Describes this machine.</summary>
    public static Machine Here() => new(
        RuntimeInformation.OSDescription, RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(), CpuName(),
        Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    private static string? CpuName()
    {
        if (!File.Exists(CpuFile))
            return null;
        var line = File.ReadLines(CpuFile).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal));
        return line?.Split(':', 2) is [_, var name] && name.Trim() is { Length: > 0 } reported ? reported : null;
    }
}
