using System.Globalization;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Storage;

/// <summary>Why the disk budget takes no more, each with its code and both texts.</summary>
internal static class DiskErrors
{
    /// <summary>There is no room until results are deleted.</summary>
    public static RequestException Limit(long needed, long room, long limit) => new(
        507, "disk.limit",
        $"This needs {Megabytes(needed)} MB on the server's disk, and of the limit of {Megabytes(limit)} MB {Megabytes(room)} MB are left for it. Delete results, or start the server with a larger --disk-limit.",
        $"该请求需要 {Megabytes(needed)} MB 磁盘空间，而上限 {Megabytes(limit)} MB 中可用的只剩 {Megabytes(room)} MB。请删除一些结果，或用更大的 --disk-limit 启动服务。");

    /// <summary>There is room as soon as other uploads and recognitions have ended.</summary>
    public static RequestException Busy(long needed) => new(
        429, "disk.busy",
        $"Other uploads and recognitions take the {Megabytes(needed)} MB of disk space that this needs. Try again in a few seconds.",
        $"其他上传和识别正占用所需的 {Megabytes(needed)} MB 磁盘空间，请几秒后重试。")
    { RetryAfter = 10 };

    private static string Megabytes(long bytes) => Math.Round(bytes / 1e6, bytes < 10_000_000 ? 1 : 0).ToString(CultureInfo.InvariantCulture);
}
