using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Storage;

/// <summary>
/// The errors of the history, each with its code and its English and Chinese text. All use status 503: the request may succeed
/// once the history is usable again. Clients see these texts, so they give the file's path relative to the output folder.
/// </summary>
internal static class HistoryErrors
{
    /// <summary>The beginning of all codes of these errors.</summary>
    public const string Prefix = "history.";

    /// <summary>The code of <see cref="PostgreSql.PostgresErrors.Uncertain"/>.</summary>
    public const string UncertainCode = Prefix + "uncertain";

    /// <summary>Whether a change may have happened although it failed: its files must stay until the next start knows.</summary>
    public static bool IsUncertain(RequestException failure) => failure.Code == UncertainCode;

    private const string Shown = ".ser/history.db";

    public static RequestException Damaged(Exception? cause = null) => Unusable(
        "history.damaged", 60,
        $"The history ({Shown} in the output folder) is damaged. Stop the server, copy .ser/batches and .ser/uploads, and move the file "
            + "away: the server then creates a new history and removes the recordings in those folders. Results in the output folder stay.",
        $"历史记录（输出目录中的 {Shown}）已损坏。请停止服务，先复制 .ser/batches 和 .ser/uploads，再将该文件移走："
            + "服务会新建历史记录，并删除这两个文件夹中的录音；输出目录中的结果保留。", cause);

    public static RequestException Foreign(Exception? cause = null) => Unusable(
        "history.foreign", 60,
        $"The history ({Shown} in the output folder) is a database of another program or of a newer version. "
            + "Move it away, or choose another folder with --output.",
        $"输出目录中的 {Shown} 是其他程序或更新版本的数据库。请将其移走，或用 --output 指定其他目录。", cause);

    public static RequestException Locked(Exception? cause = null) => Unusable(
        "history.locked", 5,
        $"Another program has locked the history ({Shown} in the output folder). Close that program, then try again.",
        $"其他程序锁定了历史记录（输出目录中的 {Shown}）。请关闭该程序后重试。", cause);

    public static RequestException ReadOnly(Exception? cause = null) => Unusable(
        "history.read_only", 30,
        $"The history ({Shown} in the output folder) cannot be written: the file, its folder or its disk is read-only. "
            + "Make it writable, or choose another folder with --output.",
        $"历史记录（输出目录中的 {Shown}）不可写：文件、所在目录或磁盘为只读。请改为可写，或用 --output 指定其他目录。", cause);

    public static RequestException Missing() => Unusable(
        "history.missing", 30,
        $"The history ({Shown} in the output folder) was removed or replaced while the server was running. "
            + "Restore it, or restart the server: it then opens the existing file or creates a new history.",
        $"服务运行期间，历史记录（输出目录中的 {Shown}）被删除或替换。请放回原文件，或重启服务以使用现有文件或新建历史记录。", null);

    public static RequestException Unavailable(Exception? cause = null) => Unusable(
        "history.unavailable", 10,
        $"The history ({Shown} in the output folder) cannot be read or written now. "
            + "Check its disk and its permissions; the server's log has the details.",
        $"目前无法读写历史记录（输出目录中的 {Shown}）。请检查磁盘和权限，详情见服务器日志。", cause);

    /// <summary>The recognition has a result, but it exists only in memory and in the result folder.</summary>
    public static RequestException NotRecorded(string id) => Unusable(
        "history.not_recorded", 10,
        $"The recognition {id} is done, but the server could not write it to the history. "
            + "The server will try again; request it by its id later.",
        $"识别 {id} 已完成，但未能写入历史记录。服务器会重试，请稍后按编号查询。", null);

    private static RequestException Unusable(string code, int retryAfter, string message, string messageZh, Exception? cause) =>
        new(503, code, message, messageZh, cause) { RetryAfter = retryAfter };
}
