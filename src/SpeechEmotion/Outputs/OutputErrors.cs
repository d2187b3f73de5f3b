using System.Globalization;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Outputs;

/// <summary>Errors of writing results, each with advice.</summary>
internal static class OutputErrors
{
    private const int LinuxNoSpace = 28;
    private const int LinuxQuotaExceeded = 122;
    private const int MacQuotaExceeded = 69;
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Maps a full disk (or quota) to <c>output.disk_full</c>, and anything else to <c>output.not_writable</c>.</summary>
    public static OutputException Of(IOException failure, string path) =>
        IsDiskFull(failure) ? DiskFull(failure, path) : NotWritable(failure, path);

    /// <summary>True if the disk or the user's quota on it is full.</summary>
    public static bool IsDiskFull(IOException failure) =>
        failure.HResult is LinuxNoSpace or LinuxQuotaExceeded or MacQuotaExceeded or WindowsHandleDiskFull or WindowsDiskFull;

    /// <summary>The disk has less free space than the output needs: <c>output.disk_full</c>, before anything is written.</summary>
    /// <param name="path">The path of the output.</param>
    /// <param name="needed">Bytes that the output needs.</param>
    /// <param name="free">Bytes that are free.</param>
    public static OutputException NoRoom(string path, long needed, long free) => new(
        "output.disk_full",
        $"The disk of {path} is too full: {Megabytes(needed)} MB are needed and {Megabytes(free)} MB are free."
        + " Free some space, or choose another output folder.",
        $"{path} 所在磁盘空间不足：需要 {Megabytes(needed)} MB，可用 {Megabytes(free)} MB。"
        + "请清理磁盘空间，或改用其他输出目录。");

    /// <summary>The file system denies access: <c>output.not_writable</c>.</summary>
    public static OutputException Of(UnauthorizedAccessException failure, string path) => NotWritable(failure, path);

    /// <summary>Maps either of the two.</summary>
    public static OutputException Of(Exception failure, string path) =>
        failure is IOException ofDisk ? Of(ofDisk, path) : NotWritable(failure, path);

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.#", CultureInfo.InvariantCulture);

    private static OutputException DiskFull(IOException failure, string path) => new(
        "output.disk_full",
        $"The disk is full: {path} could not be written. Free some space, or choose another output folder.",
        $"磁盘已满：无法写入 {path}。请清理磁盘空间，或改用其他输出目录。",
        failure);

    private static OutputException NotWritable(Exception failure, string path) => new(
        "output.not_writable",
        $"{path} cannot be written: {Sentence.End(failure.Message)}"
        + " Check that it is a folder you may write to, or choose another output folder.",
        $"无法写入 {path}：{Sentence.End(failure.Message)} 请确认它是一个可写的目录，或改用其他输出目录。",
        failure);
}
