using System.CommandLine;

namespace SpeechEmotion.Cli;

/// <summary><c>ser worker</c>: starts the worker program in the same folder.</summary>
internal static class WorkerCommand
{
    /// <summary>Creates the command for the help text; the worker parses what follows it (<see cref="ServerProcess"/>).</summary>
    public static Command Create() => new("worker", "Process the batches of servers that share a PostgreSQL database / 处理共用数据库的服务的批次")
    {
        TreatUnmatchedTokensAsErrors = false,
    };
}
