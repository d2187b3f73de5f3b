using System.Globalization;
using System.Net;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Downloads;

/// <summary>The failures of downloads: each has a code, a text in both languages and a remedy.</summary>
internal static class DownloadErrors
{
    private const string Resume = "Run the same command again: the data already downloaded is kept.";
    private const string ResumeZh = "请重新运行同一命令：已下载的部分会保留。";

    public static DownloadException Unknown(string name, IEnumerable<string> known) => new(
        "download.unknown_model",
        $"The catalog has no model {name}. It has: {string.Join(", ", known)}. "
            + $"Name any other model with its owner, for example iic/{name}.",
        $"目录中没有模型 {name}。可选：{string.Join("、", known)}。其他模型请带上所有者，例如 iic/{name}。");

    public static DownloadException BadAddress(string text) => new(
        "download.bad_address",
        $"'{WithoutSecrets(text)}' must be an http or https address without a user name and password.",
        $"“{WithoutSecrets(text)}”不是 http 或 https 地址（不得包含用户名和密码）。");

    public static DownloadException BadToken(string variable) => new(
        "download.bad_token",
        $"{variable} contains characters other than visible ASCII. Set it again.",
        $"{variable} 含有可见 ASCII 以外的字符，请重新设置。");

    public static DownloadException Unreachable(string host, string why, Exception? inner = null) => new(
        "download.unreachable",
        $"{host} did not answer: {Sentence.End(why)} Check the network and the proxy, or use another source (--from, --mirror). {Resume}",
        $"{host} 没有应答：{Sentence.End(why)} 请检查网络和代理，或改用其他来源（--from、--mirror）。{ResumeZh}", inner);

    public static DownloadException Refused(string host, HttpStatusCode status) => new(
        "download.refused",
        $"{host} refused access (HTTP {(int)status}). "
            + "A private model needs a token: HF_TOKEN for Hugging Face, MODELSCOPE_API_TOKEN for ModelScope.",
        $"{host} 拒绝访问（HTTP {(int)status}）。私有模型需要令牌：Hugging Face 用 HF_TOKEN，ModelScope 用 MODELSCOPE_API_TOKEN。");

    public static DownloadException NotFound(string host, string what) => new(
        "download.not_found",
        $"{host} has no {what}. Check the name, or use another source (--from).",
        $"{host} 上没有 {what}。请检查名称，或改用其他来源（--from）。");

    public static DownloadException Failed(string host, string why) => new(
        "download.failed",
        $"{host} cannot deliver the file: {Sentence.End(why)} Try again later, or use another source (--from, --mirror). {Resume}",
        $"{host} 无法提供文件：{Sentence.End(why)} 请稍后重试，或改用其他来源（--from、--mirror）。{ResumeZh}");

    public static DownloadException BadAnswer(string host, string why, Exception? inner = null) => new(
        "download.bad_answer",
        $"{host} does not answer like a model hub: {Sentence.End(why)} "
            + "Check the address, and check that no proxy or login page answers in its place.",
        $"{host} 的应答不符合模型站点的格式：{Sentence.End(why)} 请检查地址，以及应答是否来自代理或登录页面。", inner);

    public static DownloadException Changed(string host, string file) => new(
        "download.changed",
        $"{file} changed on {host} during the download. Run the command again: the download starts from the beginning.",
        $"下载过程中 {host} 上的 {file} 发生了变化。请重新运行命令，将从头下载。");

    public static DownloadException Unexpected(string host, string file) => new(
        "download.unexpected_file",
        $"The {file} on {host} is not the file that the model's publisher released (its size or SHA-256 differs). "
            + "Nothing was downloaded. Use another source (--from).",
        $"{host} 上的 {file} 与模型发布者公布的文件不同（大小或 SHA-256 不一致），未下载。请改用其他来源（--from）。");

    public static DownloadException WrongHash(string file, string found, string expected) => new(
        "download.wrong_hash",
        $"{file} failed its check: its hash is {found} instead of {expected}. "
            + "The file was deleted. Run the command again, or use another source (--from).",
        $"{file} 校验失败：哈希值为 {found}，应为 {expected}。文件已删除，请重新运行命令，或改用其他来源（--from）。");

    public static DownloadException WrongParts(string file, string part) => new(
        "download.wrong_hash",
        $"A part of {file} failed its CRC-32 check: {part}. "
            + "The downloaded data was deleted. Run the command again, or use another source (--from).",
        $"{file} 的部分内容 CRC-32 校验失败：{part}。已下载内容已删除，请重新运行命令，或改用其他来源（--from）。");

    public static DownloadException NoRanges(string host) => new(
        "download.no_ranges",
        $"{host} serves whole files only, no parts. Leave out --partial.",
        $"{host} 只能提供完整文件，不支持分段。请去掉 --partial。");

    public static DownloadException NoParts(string why, string whyZh) => new(
        "download.no_parts",
        $"The needed parts of the checkpoint cannot be located: {why}. Leave out --partial.",
        $"无法在检查点中定位所需部分：{whyZh}。请去掉 --partial。");

    public static DownloadException NoSpace(string directory, long needed, long free) => new(
        "download.no_space",
        $"{directory} has {Megabytes(free)} MB free, and {Megabytes(needed)} MB are needed. "
            + "Free some space, or set another location with SER_HOME.",
        $"{directory} 剩余 {Megabytes(free)} MB，需要 {Megabytes(needed)} MB。请释放空间，或用 SER_HOME 指定其他位置。");

    public static DownloadException NotWritten(string path, Exception inner) => new(
        "download.not_written",
        $"{path} could not be written: {Sentence.End(inner.Message)} {Resume}",
        $"无法写入 {path}：{Sentence.End(inner.Message)} {ResumeZh}", inner);

    public static DownloadException InProgress(string id) => new(
        "download.in_progress",
        $"Another program on this machine is downloading {id}. Wait until it finishes, or stop it first.",
        $"本机另一个程序正在下载 {id}。请等待其完成，或先停止它。");

    /// <summary>Reports that every hub failed, with the reason of each.</summary>
    public static DownloadException AllFailed(IReadOnlyList<DownloadException> failures) => new(
        failures.All(failure => failure.Code == failures[0].Code) ? failures[0].Code : "download.unreachable",
        Sentence.Join(failures.Select(failure => failure.Message)),
        Sentence.Join(failures.Select(failure => failure.MessageZh)), failures[0]);

    /// <summary>Drops a user name and password from an address.</summary>
    private static string WithoutSecrets(string text) => text[(text.LastIndexOf('@') + 1)..];

    /// <summary>Shortens a server's text to one line that is safe to print on a terminal.</summary>
    public static string Quote(string? text) => string.Concat((text ?? "").Where(c => !char.IsControl(c)).Take(200));

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("N0", CultureInfo.InvariantCulture);
}
