using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace SpeechEmotion.Inference;

/// <summary>The matrix arithmetic features of this machine's CPU, as far as results depend on them.</summary>
internal static class ProcessorKind
{
    /// <summary>The features, for example <c>x64 avx2 avx512 vnni amx</c>.</summary>
    public static string Name { get; } = string.Join(' ', Features());

    private static IEnumerable<string> Features()
    {
        yield return RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        if (!X86Base.IsSupported)
            yield break;
        if (Avx2.IsSupported)
            yield return "avx2";
        if (Avx512BW.IsSupported)
            yield return "avx512";
        if (X86Base.CpuId(0, 0).Eax < 7)
            yield break;
        // Intel's manual, volume 2, CPUID: leaf 7 and its first subleaf.
        var (_, _, ecx, edx) = X86Base.CpuId(7, 0);
        if ((ecx & (1 << 11)) != 0)
            yield return "vnni";
        else if ((X86Base.CpuId(7, 1).Eax & (1 << 4)) != 0)
            yield return "avxvnni";
        if ((edx & (1 << 25)) != 0)
            yield return "amx";
    }
}
