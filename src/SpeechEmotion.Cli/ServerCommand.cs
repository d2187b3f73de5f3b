using System.CommandLine;

namespace SpeechEmotion.Cli;

/// <summary>
/// The commands of the server program: for the help text only, because that program parses what follows them
/// (<see cref="ServerProcess"/>).
/// </summary>
internal static class ServerCommand
{
    public static Command Serve() => Create("serve", "Web page, REST and Gradio-compatible API on port 7860 / 启动网页与接口服务");

    public static Command Worker() =>
        Create("worker", "Process the batches of a server that shares its PostgreSQL database / 处理共用数据库的服务的批次");

    public static Command Migrate() =>
        Create("migrate", "Move a server's history and batches into PostgreSQL, or back / 将历史记录和批次移入 PostgreSQL");

    public static Command Doctor() =>
        Create("doctor", "Check database, files and broker before servers and workers use them / 检查数据库、文件与消息队列");

    private static Command Create(string name, string description) => new(name, description) { TreatUnmatchedTokensAsErrors = false };
}
