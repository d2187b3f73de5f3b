using System.CommandLine;
using SpeechEmotion.Cli.Benchmarks;
using SpeechEmotion.Models;

namespace SpeechEmotion.Cli;

/// <summary><c>ser bench</c>: measures the speed of this machine, model by model.</summary>
internal static class BenchCommand
{
    private const string StandardOutput = "-";

    private static readonly Option<string[]> Models = new("--model")
    {
        Description = "Name of a model, may be repeated; by default all that are ready / 模型名称，可重复；默认全部可用模型",
        HelpName = "ID",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> ModelDirectory = new("--model-dir")
    {
        Description = "A FunASR model folder; imported once / FunASR 模型文件夹",
        HelpName = "DIR",
    };

    private static readonly Option<string?> Precision = new("--precision")
    {
        Description = "Only this precision / 仅测此精度",
        HelpName = "fp32|int8",
    };

    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "Fewer repeats and no 30 s clip, for an impression / 减少重复次数，不测 30 秒片段",
    };

    private static readonly Option<string?> JsonOption = new("--json")
    {
        Description = "Write the report to a file, or to standard output instead of the table / 将报告写入文件，- 为标准输出（不显示表格）",
        HelpName = "FILE|-",
    };

    private static readonly Option<string?> Compare = new("--compare")
    {
        Description = "An earlier report: show the ratio of each figure / 与先前的报告比较",
        HelpName = "FILE.json",
    };

    public static Command Create()
    {
        Precision.AcceptOnlyFromAmong("fp32", "int8");
        Option[] named = [Models, ModelDirectory, JsonOption, Compare];
        foreach (var option in named)
            option.Validators.Add(UsageErrors.RefuseEmpty);
        var command = new Command("bench", "Measure this machine: latency, cold start, memory, throughput / 测量本机性能")
        {
            Models, ModelDirectory, Precision, Quick, JsonOption, Compare, Language.Option,
        };
        command.Validators.Add(result =>
        {
            if (UsageErrors.Says(result, JsonOption, StandardOutput) && result.GetResult(Compare) is not null)
                result.AddError("--compare is shown in the table, which --json - leaves out. / 比较结果显示在表格中，--json - 不显示表格。");
        });
        command.SetAction((parsed, ct) => Task.Run(() => RunAsync(parsed, ct), ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var (language, json) = (Language.Of(parsed), parsed.GetValue(JsonOption));
        var earlier = parsed.GetValue(Compare) is { } path ? BenchReportReader.Read(path) : null;
        var subjects = BenchSubject.Choose(Named(parsed, language, ct), parsed.GetValue(Precision));
        using var file = json is null or StandardOutput ? null : BenchReportFile.Create(json);
        var plan = parsed.GetValue(Quick) ? BenchPlan.Quick : BenchPlan.Full;
        var report = await new BenchRun(plan, TimeProvider.System, language, Console.Error.WriteLine).AllAsync(subjects, ct);
        file?.Commit(report);
        if (json == StandardOutput)
            BenchReportFile.Write(Console.OpenStandardOutput(), report);
        else
            await Console.Out.WriteAsync(BenchTable.Of(report, earlier, language));
        foreach (var difference in earlier is null ? [] : BenchDifference.Between(earlier, report, language))
            await Console.Error.WriteLineAsync(difference);
        return ExitCode.Success;
    }

    private static ModelFolder[] Named(ParseResult parsed, string language, CancellationToken ct)
    {
        var progress = new ImportProgressLine(language);
        return
        [
            .. (parsed.GetValue(Models) ?? []).Select(id => ModelSearch.Default.Resolve(id, null, progress, ct)),
            .. parsed.GetValue(ModelDirectory) is { } directory
                ? [ModelSearch.Default.Resolve(null, directory, progress, ct)]
                : (ModelFolder[])[],
        ];
    }
}
