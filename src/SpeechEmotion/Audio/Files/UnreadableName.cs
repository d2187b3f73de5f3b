using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SpeechEmotion.Audio.Files;

/// <summary>
/// A file or folder whose name is not UTF-8, which Linux allows and old archives produce. .NET replaces the invalid bytes with U+FFFD
/// and finds no file by that name; this class opens the file. Linux only.
/// </summary>
internal sealed partial class UnreadableName : IDisposable
{
    private const char Replacement = '\uFFFD';
    private const int OpenFlags = 0x800 | 0x80000; // O_RDONLY | O_NONBLOCK | O_CLOEXEC
    private const int NameOffset = 19; // d_name of struct dirent on 64-bit Linux

    private readonly SafeFileHandle _handle;

    private UnreadableName(SafeFileHandle handle) => _handle = handle;

    /// <summary>A path by which this process and its child processes can open the file until this object is disposed.</summary>
    public string Path => $"/proc/{Environment.ProcessId}/fd/{_handle.DangerousGetHandle()}";

    /// <summary>Whether a path may contain such a name.</summary>
    public static bool Is(string path) => path.Contains(Replacement) && OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>Opens the file that a path stands for; null if it matches no file or several.</summary>
    public static UnreadableName? Open(string path)
    {
        if (!Is(path))
            return null;
        List<byte> found = [];
        foreach (var name in System.IO.Path.GetFullPath(path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var bytes = name.Contains(Replacement) ? OnlyMatch([.. found, (byte)'/', 0], name) : Encoding.UTF8.GetBytes(name);
            if (bytes is null)
                return null;
            found.Add((byte)'/');
            found.AddRange(bytes);
        }
        var handle = Open([.. found, 0], OpenFlags);
        if (!handle.IsInvalid)
            return new(handle);
        handle.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    /// <summary>The bytes of the only entry in a folder that .NET shows as <paramref name="name"/>.</summary>
    private static byte[]? OnlyMatch(byte[] folder, string name)
    {
        var listing = OpenFolder(folder);
        if (listing == 0)
            return null;
        try
        {
            byte[]? match = null;
            for (nint entry; (entry = NextEntry(listing)) != 0;)
            {
                var bytes = BytesAt(entry + NameOffset);
                if (Encoding.UTF8.GetString(bytes) != name)
                    continue;
                if (match is not null)
                    return null;
                match = bytes;
            }
            return match;
        }
        finally
        {
            _ = CloseFolder(listing);
        }
    }

    private static unsafe byte[] BytesAt(nint text) => MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)text).ToArray();

    [LibraryImport("libc", EntryPoint = "open")]
    private static partial SafeFileHandle Open(byte[] path, int flags);

    [LibraryImport("libc", EntryPoint = "opendir")]
    private static partial nint OpenFolder(byte[] path);

    [LibraryImport("libc", EntryPoint = "readdir")]
    private static partial nint NextEntry(nint folder);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int CloseFolder(nint folder);
}
