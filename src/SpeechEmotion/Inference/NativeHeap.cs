using System.Runtime.InteropServices;

namespace SpeechEmotion.Inference;

/// <summary>The memory that the engine takes and frees, of which the C library keeps a part for later.</summary>
internal static partial class NativeHeap
{
    private static readonly bool CanTrim = OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var library)
        && NativeLibrary.TryGetExport(library, "malloc_trim", out _);

    /// <summary>Gives what is free back to the machine. Only glibc keeps it: in one heap for each thread that ever loaded a model.</summary>
    public static void Trim()
    {
        if (CanTrim)
            _ = Trim(0);
    }

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint keep);
}
