using System.Runtime.InteropServices;

namespace SpeechEmotion.Inference;

/// <summary>
/// While it lasts, numbers next to zero (below 1.2e-38) count as zero on this thread. The attention's far-off weights are such
/// numbers, and a processor takes a hundred times as long for each: a thousandth of them makes a matrix product five times as
/// slow. ONNX Runtime sets the same on its own threads, not on the one that calls it, where it leaves the setting behind.
/// </summary>
/// <remarks>On Linux x64; elsewhere nothing changes.</remarks>
internal readonly unsafe ref partial struct FlushedDenormals : IDisposable
{
    /// <summary>The session option that sets the same on the engine's own threads.</summary>
    public const string SessionOption = "session.set_denormal_as_zero";

    /// <summary>Size of the C library's floating-point environment, and where the SSE control word lies in it.</summary>
    private const int EnvironmentSize = 32, ControlWord = 28;

    /// <summary>Flush to zero, and denormals are zero.</summary>
    private const uint Flush = 0x8040;

    private readonly uint _before;

    private FlushedDenormals(uint before) => _before = before;

    private static bool IsSupported => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Begins it; the end of the scope restores what was set before.</summary>
    public static FlushedDenormals Begin() => IsSupported ? new(Change(Flush, Flush)) : default;

    public void Dispose()
    {
        if (IsSupported)
            Change(Flush, _before & Flush);
    }

    private static uint Change(uint mask, uint bits)
    {
        var environment = stackalloc byte[EnvironmentSize];
        _ = Get(environment);
        var word = (uint*)(environment + ControlWord);
        var before = *word;
        *word = (before & ~mask) | bits;
        _ = Set(environment);
        return before;
    }

    [LibraryImport("libm.so.6", EntryPoint = "fegetenv")]
    private static partial int Get(byte* environment);

    [LibraryImport("libm.so.6", EntryPoint = "fesetenv")]
    private static partial int Set(byte* environment);
}
