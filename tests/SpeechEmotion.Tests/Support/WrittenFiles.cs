using System.Collections.Concurrent;
using SpeechEmotion.Audio.Files;

namespace SpeechEmotion.Tests.Support;

/// <summary>Checks the JSON files in the output folders that a test leaves behind, whichever part of the product wrote them.</summary>
internal static class WrittenFiles
{
    private static readonly Dictionary<string, Contract> Names = new()
    {
        ["result.json"] = Contract.Result,
        ["timeline.json"] = Contract.Timeline,
    };

    // Hidden folders are unfinished, and a link may lead anywhere.
    private static readonly EnumerationOptions Everywhere = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint,
    };

    private static readonly ConcurrentDictionary<string, bool> Changed = [];

    /// <summary>Changes a file as somebody with an editor would. It is checked before, and not afterwards.</summary>
    public static void Change(string path, Func<string, string> change)
    {
        var text = File.ReadAllText(path);
        if (Changed.TryAdd(path, true))
            Names[Path.GetFileName(path)].ShouldAccept(text, path);
        File.WriteAllText(path, change(text));
    }

    /// <summary>
    /// Checks all output folders below a folder: those that are named as the product names them, and hold the sound that it always
    /// writes. What tests lay down elsewhere, or as files of earlier programs, is their own.
    /// </summary>
    /// <returns>How many files were checked.</returns>
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

    /// <summary>False for links and pipes, which tests put in the place of a file.</summary>
    private static bool IsWritten(string path) => File.Exists(path) && new FileInfo(path).LinkTarget is null && RegularFile.Is(path);
}
