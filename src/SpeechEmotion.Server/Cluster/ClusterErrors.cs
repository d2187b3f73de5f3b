using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage.Programs;

namespace SpeechEmotion.Server.Cluster;

/// <summary>The errors and findings about an installation, each with its code and its English and Chinese text.</summary>
internal static class ClusterErrors
{
    public static RequestException NoProgram() => new(
        503, "cluster.no_program",
        "Work waits, but no program processes it. Start a worker (ser worker), or a server without --no-batches.",
        "有任务在等待，但没有程序处理。请启动工作进程（ser worker），或不带 --no-batches 的服务。");

    public static RequestException AllDrained() => new(
        503, "cluster.all_drained", "Work waits, but all programs that could process it are drained. Resume one, or start another one.",
        "有任务在等待，但能处理的程序都已停止接收任务。请恢复其中一个，或启动新的程序。");

    public static RequestException NoModel() => new(
        503, "cluster.no_model", "Work waits until a program has loaded its model.", "任务正在等待程序加载模型。");

    public static RequestException AllTroubled(ProgramProblem problem) => new(
        503, problem.Code, $"No program can process the work that waits: {problem.Message}", $"没有程序能处理等待中的任务：{problem.MessageZh}");

    public static RequestException Unexplained() => new(
        503, "cluster.stalled", "Work waits, and no program takes it. The log of the programs has the reason.",
        "有任务在等待，但没有程序接收。原因请见各程序的日志。");

    public static RequestException UnknownProgram(string name) => new(
        404, "cluster.no_such_program", $"No server or worker {name} runs that can be drained.", $"没有可停止接收任务的服务或工作进程 {name}。");

    public static RequestException Alone() => new(
        409, "cluster.alone",
        "This server shares its work with no other program, so it cannot be drained. Stop it: it finishes its work first.",
        "本服务不与其他程序共用任务，因此无法停止接收任务。请直接停止服务：它会先完成当前任务。");
}
