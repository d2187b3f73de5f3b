using System.CommandLine;
using System.Text.Json;
using SpeechEmotion.Options;

namespace SpeechEmotion.Cli;

/// <summary><c>ser batch</c>: checks the arguments; the server program in the same folder processes the batch.</summary>
internal static class BatchCommand
{
    private static readonly Argument<string[]> Sources = new("SOURCE")
    {
        Description = "Folders, archives, manifests, recordings, or - for a list on standard input"
            + " / 文件夹、压缩包、清单、录音文件，或 - 表示从标准输入读取列表",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> Output = new("--output")
    {
        Description = "The folder of the results, which also keeps the progress / 结果目录，同时保存进度",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<string?> Metadata = new("--metadata")
    {
        Description = "CSV or JSONL: path and further columns of each recording / 附加信息表",
        HelpName = "FILE",
    };

    private static readonly Option<bool> AllowUrls = new("--allow-urls")
    {
        Description = "Fetch recordings that manifests name by http(s) URL / 允许下载清单中的 http(s) 地址",
    };

    private static readonly Option<bool> RetryFailed = new("--retry-failed")
    {
        Description = "Process the failed recordings again / 重新处理失败的录音",
    };

    private static readonly Option<bool> Restart = new("--restart")
    {
        Description = "Discard an earlier batch in DIR / 放弃 DIR 中原有的批次",
    };

    private static readonly Option<int?> Limit = new("--limit")
    {
        Description = "Read only the first N recordings / 只读取前 N 段录音",
        HelpName = "N",
    };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Only count the recordings / 仅统计，不处理",
    };

    private static readonly Option<bool> EmbeddingOption = new("--embedding")
    {
        Description = "Also write embeddings.npy: a row for each recording / 同时写出特征",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Events as JSON lines on standard output / 以 JSON 行输出事件" };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        Output.Validators.Add(UsageErrors.RefuseEmpty);
        Metadata.Validators.Add(UsageErrors.RefuseEmpty);
        Limit.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, out var number) && number > 0))
                result.AddError("--limit takes a number of at least 1. / --limit 至少为 1。");
        });
        var command = new Command("batch", "Recognize thousands of recordings, resumable / 批量识别，可随时中断和继续")
        {
            Sources, Output, Metadata, AllowUrls, RetryFailed, Restart, Limit, DryRun, EmbeddingOption, Json, Language.Option,
        };
        RecognitionArguments.AddTo(command);
        command.SetAction(parsed => ServerProcess.Run(["batch", RequestOf(parsed), .. parsed.GetRequiredValue(Sources)]));
        return command;
    }

    private static string RequestOf(ParseResult parsed) => JsonSerializer.Serialize(
        new()
        {
            Output = parsed.GetRequiredValue(Output),
            Options = RecognitionArguments.OptionsOf(parsed, parsed.GetValue(EmbeddingOption)),
            Metadata = parsed.GetValue(Metadata),
            AllowUrls = parsed.GetValue(AllowUrls),
            RetryFailed = parsed.GetValue(RetryFailed),
            Restart = parsed.GetValue(Restart),
            Limit = parsed.GetValue(Limit),
            DryRun = parsed.GetValue(DryRun),
            Json = parsed.GetValue(Json),
            Language = Language.Of(parsed),
        },
        BatchJsonContext.Default.BatchRequest);
}
