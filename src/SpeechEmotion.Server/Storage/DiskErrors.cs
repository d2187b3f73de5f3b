using System.Globalization;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Storage;

/// <summary>The errors of the disk budget, each with its code and its English and Chinese text.</summary>
internal static class DiskErrors
{
    /// <summary>The space is insufficient until results are deleted.</summary>
    public static RequestException Limit(long needed, long room, long limit) => new(
        507, "disk.limit",
        $"This request needs {Megabytes(needed)} MB on the server's disk, but only {Megabytes(room)} MB "
            + $"of the limit of {Megabytes(limit)} MB are available for it. "
            + "Delete results, or start the server with a larger --disk-limit.",
        $"该请求需要 {Megabytes(needed)} MB 磁盘空间，而上限 {Megabytes(limit)} MB 中可用的只剩 {Megabytes(room)} MB。请删除一些结果，或用更大的 --disk-limit 启动服务。");

    /// <summary>The space becomes available when other uploads and recognitions end.</summary>
    public static RequestException Busy(long needed) => new(
        429, "disk.busy",
        $"Other uploads and recognitions are using the {Megabytes(needed)} MB of disk space that this request needs. "
            + "Try again in a few seconds.",
        $"其他上传和识别正占用所需的 {Megabytes(needed)} MB 磁盘空间，请几秒后重试。")
    { RetryAfter = 10 };

    private static string Megabytes(long bytes) =>
        Math.Round(bytes / 1e6, bytes < 10_000_000 ? 1 : 0).ToString(CultureInfo.InvariantCulture);
}
