using System.Collections.Concurrent;
using SpeechEmotion.Audio.Files;

namespace SpeechEmotion.Tests.Support;

/// <summary>Checks the JSON files in the output folders of a test, whichever part of the product wrote them.</summary>
internal static class WrittenFiles
{
    private static readonly Dictionary<string, Contract> Names = new()
    {
        ["result.json"] = Contract.Result,
        ["timeline.json"] = Contract.Timeline,
    };

    // Hidden folders are unfinished, and a link may lead outside.
    private static readonly EnumerationOptions Everywhere = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint,
    };

    private static readonly ConcurrentDictionary<string, bool> Changed = [];

    /// <summary>Changes a file as a user with an editor would. Checks the file before the change, not afterwards.</summary>
    public static void Change(string path, Func<string, string> change)
    {
        var text = File.ReadAllText(path);
        if (Changed.TryAdd(path, true))
            Names[Path.GetFileName(path)].ShouldAccept(text, path);
        File.WriteAllText(path, change(text));
    }

    /// <summary>
    /// Checks all output folders below a folder: those with a name as the product gives and with the sound file that it always
    /// writes. Ignores other files of a test, such as those of earlier versions.
    /// </summary>
    /// <returns>The number of checked files.</returns>
    /// <exception cref="ContractException">A file violates its schema.</exception>
    public static int Check(string root)
    {
        var count = 0;
        foreach (var folder in Directory.EnumerateDirectories(root, "outputs_*", Everywhere))
        {
            if (!File.Exists(Path.Combine(folder, "processed_audio.wav")))
                continue;
            foreach (var (name, contract) in Names)
            {
                var path = Path.Combine(folder, name);
                if (!IsWritten(path) || Changed.ContainsKey(path))
                    continue;
                contract.ShouldAccept(File.ReadAllText(path), path);
                count++;
            }
        }
        return count;
    }

    /// <summary>Returns false for links and pipes, which tests put in place of a file.</summary>
    private static bool IsWritten(string path) => File.Exists(path) && new FileInfo(path).LinkTarget is null && RegularFile.Is(path);
}
