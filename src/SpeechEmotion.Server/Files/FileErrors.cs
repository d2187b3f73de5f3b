using SpeechEmotion.Errors;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Files;

/// <summary>
/// The errors of files that are elsewhere, each with its code and its English and Chinese text. Clients see these texts, so they name
/// neither the bucket nor the store.
/// </summary>
internal static class FileErrors
{
    /// <summary>All codes start with it. None of these errors is the fault of a recording.</summary>
    public const string Prefix = "files.";

    private const string UnreachableCode = "files.unreachable";

    /// <summary>Whether an error is one of these.</summary>
    public static bool IsOne(SpeechEmotionException error) => error.Code.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether an error is one of these, and further attempts without a change by the operator are in vain.</summary>
    public static bool IsLasting(SpeechEmotionException error) => IsOne(error) && error.Code != UnreachableCode;

    public static RequestException Unreachable(Exception? cause) => Unusable(
        UnreachableCode, 10,
        "The store of results and recordings does not answer. Check that it is running and that the address in --files is correct.",
        "存储服务无响应。请检查该服务是否正在运行，以及 --files 中的地址是否正确。", cause);

    public static RequestException NotMounted() => Unusable(
        "files.not_mounted", 10,
        "The folder of results and recordings is not there. Mount or restore it.", "结果与录音所在的文件夹不可用，请重新挂载或恢复。", null);

    public static RequestException NoBucket(Exception cause) => Unusable(
        "files.no_bucket", 60,
        "The bucket in --files does not exist. Create it, or correct --files.",
        "--files 中的存储桶不存在。请先创建，或更正 --files。", cause);

    public static RequestException Denied(Exception cause) => Unusable(
        "files.denied", 60,
        "The store of results and recordings refuses access. Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or the role of this "
            + "machine, the rights to list, read, write and delete in the bucket, and this machine's clock.",
        "存储服务拒绝访问。请检查 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY 或本机角色，存储桶的列出、读取、写入和删除权限，以及本机时钟。", cause);

    public static RequestException Refused(string reason, Exception cause) => Unusable(
        "files.refused", 60,
        $"The store of results and recordings refuses a request ({reason}). Check the bucket, the region and the endpoint in --files.",
        $"存储服务拒绝了请求（{reason}）。请检查 --files 中的存储桶、区域和地址。", cause);

    /// <summary>Adds the name of the bucket, for the operator who starts a program.</summary>
    public static RequestException At(string bucket, RequestException failure) =>
        Unusable(failure.Code, failure.RetryAfter ?? 0, $"{bucket}: {failure.Message}", $"{bucket}：{failure.MessageZh}", failure);

    private static RequestException Unusable(string code, int retryAfter, string message, string messageZh, Exception? cause) =>
        new(503, code, message, messageZh, cause) { RetryAfter = retryAfter };
}
