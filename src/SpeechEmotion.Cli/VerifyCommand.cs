using System.CommandLine;
using SpeechEmotion.Verification;

namespace SpeechEmotion.Cli;

/// <summary><c>ser verify</c>: verifies that a result belongs to its recording and can be reproduced.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> Folder = new("DIR") { Description = "The folder of a result / 结果文件夹" };

    private static readonly Option<string?> Audio = new("--audio")
    {
        Description = "The original recording / 原录音",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object / 输出一个 JSON 对象" };

    public static Command Create()
    {
        Folder.Validators.Add(UsageErrors.RefuseEmpty);
        Audio.Validators.Add(UsageErrors.RefuseEmpty);
        var command = new Command("verify", "Verify that a result belongs to its recording and can be reproduced / 核实结果")
        {
            Folder, Audio, Json, Language.Option,
        };
        command.SetAction((parsed, ct) => Task.Run(() => Run(parsed, ct), ct));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken ct)
    {
        var language = Language.Of(parsed);
        var lines = parsed.GetValue(Json) ? null : new VerificationLines(language);
        var folder = parsed.GetRequiredValue(Folder);
        var report = ResultVerification.Default.Run(folder, parsed.GetValue(Audio), lines, ct);
        if (lines is null)
            VerificationJson.WriteLine(Console.OpenStandardOutput(), folder, report, language);
        else
            lines.Conclude(report);
        return report.Verified ? ExitCode.Success : ExitCode.SomeFailed;
    }
}
