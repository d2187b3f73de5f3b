using System.Runtime.InteropServices;

namespace SpeechEmotion.Inference;

/// <summary>
/// A scope in which numbers close to zero (below 1.2e-38) count as zero on this thread. The attention weights of distant frames are
/// such numbers, and a CPU takes a hundred times as long for each: a thousandth of them makes a matrix product five times as slow.
/// ONNX Runtime sets the same mode on its own threads but not on the calling thread, on which creating a session leaves it set.
/// </summary>
/// <remarks>Effective on Linux x64; no effect elsewhere.</remarks>
internal readonly unsafe ref partial struct FlushedDenormals : IDisposable
{
    /// <summary>The session option that sets the same mode on ONNX Runtime's own threads.</summary>
    public const string SessionOption = "session.set_denormal_as_zero";

    /// <summary>The size of the C library's floating-point environment, and the offset of the SSE control word in it.</summary>
    private const int EnvironmentSize = 32, ControlWord = 28;

    /// <summary>The bits for flush-to-zero and denormals-are-zero.</summary>
    private const uint Flush = 0x8040;

    private readonly uint _before;

    private FlushedDenormals(uint before) => _before = before;

    private static bool IsSupported => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Starts the scope, whose end restores the previous mode.</summary>
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
