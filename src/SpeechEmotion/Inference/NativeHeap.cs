using System.Runtime.InteropServices;

namespace SpeechEmotion.Inference;

/// <summary>The native memory of the engine, part of which the C library keeps for reuse after it is freed.</summary>
internal static partial class NativeHeap
{
    private static readonly bool CanTrim = OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var library)
        && NativeLibrary.TryGetExport(library, "malloc_trim", out _);

    /// <summary>Returns free memory to the system. Only glibc keeps it, in one heap per thread that ever loaded a model.</summary>
    public static void Trim()
    {
        if (CanTrim)
            _ = Trim(0);
    }

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint keep);
}
