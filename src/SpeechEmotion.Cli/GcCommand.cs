using System.CommandLine;
using System.Globalization;
using SpeechEmotion.Models;
using SpeechEmotion.Quantization;

namespace SpeechEmotion.Cli;

/// <summary><c>ser models gc</c>: removes files that no model needs.</summary>
internal static class GcCommand
{
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only list what would be removed / 只列出，不删除" };

    public static Command Create()
    {
        var command = new Command(
            "gc", "Remove old versions, damaged models and interrupted downloads / 清理旧版本、损坏的模型和中断的下载")
        {
            DryRun, Language.Option,
        };
        command.SetAction((parsed, ct) => Task.Run(() => Run(parsed, ct), ct));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken ct)
    {
        var (language, dry, bytes) = (Language.Of(parsed), parsed.GetValue(DryRun), 0L);
        foreach (var leftover in new StoreSweep(ModelStore.Default, Int8Conversion.GraphVersion).Find())
        {
            ct.ThrowIfCancellationRequested();
            if (!dry && !StoreSweep.Remove(leftover))
                continue;
            bytes += leftover.Size;
            Console.WriteLine($"{Megabytes(leftover.Size),12} MB  {Text(leftover.Kind, language)}  {leftover.Directory}");
        }
        Console.WriteLine((dry, language) switch
        {
            (true, "zh") => $"可释放 {Megabytes(bytes)} MB",
            (true, _) => $"{Megabytes(bytes)} MB would be freed",
            (_, "zh") => $"已释放 {Megabytes(bytes)} MB",
            _ => $"{Megabytes(bytes)} MB freed",
        });
        return ExitCode.Success;
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("F1", CultureInfo.InvariantCulture);

    private static string Text(LeftoverKind kind, string language) => (kind, language) switch
    {
        (LeftoverKind.OldVersion, "zh") => "旧版本",
        (LeftoverKind.OldVersion, _) => "old version",
        (LeftoverKind.Damaged, "zh") => "已损坏",
        (LeftoverKind.Damaged, _) => "damaged",
        (LeftoverKind.OldInt8, "zh") => "旧 int8 版本",
        (LeftoverKind.OldInt8, _) => "old int8 form",
        (LeftoverKind.Unfinished, "zh") => "未完成的导入",
        (LeftoverKind.Unfinished, _) => "unfinished import",
        (_, "zh") => "中断的下载",
        _ => "interrupted download",
    };
}
