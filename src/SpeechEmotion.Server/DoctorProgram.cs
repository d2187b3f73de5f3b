using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Doctor;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server;

/// <summary><c>ser doctor</c>: checks this machine, the database, the files and the broker before servers and workers use them.</summary>
internal static class DoctorProgram
{
    /// <summary>Prints a line for each finding.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="output">Receives the findings.</param>
    /// <returns>0 if nothing failed, also with warnings; 1 if something did; 2 for wrong arguments.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        var parsed = ServerSetting.CreateCommand(
            "ser doctor: checks database, files and broker / 检查数据库、文件与消息队列", ServerSetting.OfDoctor).Parse(args);
        if (parsed.Errors.Count > 0 || parsed.Action is not null)
            return parsed.Invoke() == 0 ? 0 : 2;
        var values = ServerSetting.Read(parsed, Environment.GetEnvironmentVariable, ServerSetting.OfDoctor);
        string? Value(string key) => values.GetValueOrDefault($"{ServerOptions.Section}:{key}");
        var options = new ServerOptions
        {
            Database = Value(nameof(ServerOptions.Database)),
            Files = Value(nameof(ServerOptions.Files)),
            Broker = Value(nameof(ServerOptions.Broker)),
        };
        var valid = new ServerOptionsValidator().Validate(null, options);
        if (valid.Failed)
        {
            var wrong = new OptionsValidationException("", typeof(ServerOptions), valid.Failures);
            await Console.Error.WriteLineAsync(StartFailure.Of(wrong, null).Text);
            return 2;
        }
        var worst = FindingLevel.Ok;
        await foreach (var finding in ExamineAsync(options, TimeProvider.System))
        {
            Print(finding, output);
            worst = finding.Level > worst ? finding.Level : worst;
        }
        return worst == FindingLevel.Failed ? 1 : 0;
    }

    private static async IAsyncEnumerable<Finding> ExamineAsync(ServerOptions options, TimeProvider time)
    {
        foreach (var finding in MachineExamination.Run())
            yield return finding;
        if (options.Database is not { } database || !PostgresAddress.TryParse(database, out var address))
        {
            yield return Finding.Ok(
                "database", "SQLite in the server's output folder (no --database): one machine, nothing else is needed");
            yield break;
        }
        var (findings, hasTables) = await DatabaseExamination.RunAsync(address, time);
        foreach (var finding in findings)
            yield return finding;
        yield return options.Files is null
            ? Finding.Warning(
                "files", "--files is missing: workers and further servers need a folder or bucket that all share.",
                "缺少 --files：工作进程和其他服务需要共用的文件夹或存储桶。")
            : await FilesExamination.RunAsync(options, hasTables is null ? null : address, hasTables ?? false, time);
        if (options.Broker is { } broker && BrokerAddress.TryParse(broker, out var node))
            yield return await BrokerExamination.RunAsync(node, time);
    }

    private static void Print(Finding finding, TextWriter output)
    {
        var (level, subject) = (finding.Level.ToString().ToLowerInvariant(), finding.Subject);
        output.WriteLine($"{level,-8} {subject,-12} {finding.Text}");
        if (finding.TextZh is { } text)
            output.WriteLine($"{"",-8} {"",-12} {text}");
    }
}
