using System.Runtime.InteropServices;

namespace SpeechEmotion.Audio.SndFile;

/// <summary>The functions of libsndfile (1.1 or later) that the library calls.</summary>
internal static partial class SndFileLibrary
{
    private const string Name = "libsndfile.so.1";
    private static readonly Lazy<bool> Found = new(() => NativeLibrary.TryLoad(Name, out _));

    /// <summary>Whether the library is installed; checked once.</summary>
    public static bool IsInstalled => Found.Value;

    /// <summary>The version that the library reports, for example <c>1.2.0</c>; null if it reports none.</summary>
    public static string? Version => Marshal.PtrToStringUTF8(VersionText())?.Replace("libsndfile-", "", StringComparison.Ordinal);

    [LibraryImport(Name, EntryPoint = "sf_version_string")]
    private static partial nint VersionText();

    [LibraryImport(Name, EntryPoint = "sf_open", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SndFileHandle Open(string path, int mode, ref Info info);

    [LibraryImport(Name, EntryPoint = "sf_readf_float")]
    internal static partial long ReadFrames(SndFileHandle file, Span<float> samples, long frames);

    [LibraryImport(Name, EntryPoint = "sf_error")]
    internal static partial int Error(SndFileHandle file);

    [LibraryImport(Name, EntryPoint = "sf_error_number")]
    internal static partial nint ErrorText(int error);

    [LibraryImport(Name, EntryPoint = "sf_close")]
    internal static partial int Close(nint file);

    /// <summary>The structure SF_INFO of sndfile.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Info
    {
        public long Frames;
        public int SampleRate;
        public int Channels;
        public int Format;
        public int Sections;
        public int Seekable;
    }
}
