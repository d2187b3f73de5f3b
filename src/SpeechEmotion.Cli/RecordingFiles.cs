using System.Globalization;
using SpeechEmotion.Audio.Files;

namespace SpeechEmotion.Cli;

/// <summary>The recordings that a command line names.</summary>
internal static class RecordingFiles
{
    private const int Shown = 3;

    /// <summary>
    /// Lists files in the order of the command line; those of a folder and its subfolders by name. Reports on standard error how many
    /// files of a folder are not recordings; always tries a file that is named explicitly.
    /// </summary>
    public static IEnumerable<string> Expand(IEnumerable<string> inputs, string language, CancellationToken ct) =>
        inputs.SelectMany(input => input != "-" && Directory.Exists(input) ? InFolder(input, language, ct) : [input]);

    private static IReadOnlyList<string> InFolder(string path, string language, CancellationToken ct)
    {
        var folder = RecordingFolder.Read(path, ct);
        if (folder.LeftOut.Count > 0)
            Console.Error.WriteLine(Notice(path, folder.LeftOut, language));
        return folder.Recordings;
    }

    private static string Notice(string path, IReadOnlyList<string> leftOut, string language)
    {
        var names = string.Join(", ", leftOut.Take(Shown).Select(file => Path.GetRelativePath(path, file)))
            + (leftOut.Count > Shown ? ", …" : "");
        var count = leftOut.Count.ToString(CultureInfo.InvariantCulture);
        return language == "zh"
            ? $"{path}：{count} 个文件不是录音，已跳过（{names}）。"
            : $"{path}: skipped {count} {(leftOut.Count == 1 ? "file" : "files")} without a recording ({names}).";
    }
}
