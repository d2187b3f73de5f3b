using System.Globalization;

namespace SpeechEmotion.Server.Hosting;

/// <summary>Finds the program that listens on a port, as far as Linux reveals it to the current user.</summary>
internal static class PortOwner
{
    private const string Listening = "0A";
    private const int MaxLength = 120;

    /// <summary>Returns the program, for example <c>python3 app.py (process 4711)</c>; null if it cannot be determined.</summary>
    public static string? Find(int port)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        HashSet<string> sockets = [.. Sockets("/proc/net/tcp", port), .. Sockets("/proc/net/tcp6", port)];
        if (sockets.Count == 0)
            return null;
        return Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _) && Holds(name!, sockets))
            .Select(id => $"{CommandOf(id!)} (process {id})")
            .FirstOrDefault();
    }

    /// <summary>Lists the sockets that listen on a port. The fields are number, local address, remote address, state, ..., inode.</summary>
    private static IEnumerable<string> Sockets(string table, int port) =>
        from line in Lines(table).Skip(1)
        let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where fields.Length > 9 && fields[3] == Listening && fields[1].EndsWith($":{port:X4}", StringComparison.Ordinal)
        select $"socket:[{fields[9]}]";

    private static bool Holds(string process, HashSet<string> sockets)
    {
        try
        {
            return new DirectoryInfo($"/proc/{process}/fd").EnumerateFiles()
                .Any(file => file.LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process belongs to another user, or has ended.
            return false;
        }
    }

    /// <summary>Returns the command without its options, which may contain passwords.</summary>
    private static string CommandOf(string process)
    {
        var words = string.Join("", Lines($"/proc/{process}/cmdline")).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var command = string.Join(' ', words.TakeWhile((word, i) => i == 0 || !word.StartsWith("--", StringComparison.Ordinal)));
        var shown = string.Concat(command.Where(c => !char.IsControl(c)));
        return shown.Length > MaxLength ? shown[..MaxLength] + "…" : shown;
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
