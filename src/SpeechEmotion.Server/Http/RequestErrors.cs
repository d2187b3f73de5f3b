using System.Globalization;
using SpeechEmotion.Errors;
using SpeechEmotion.Options;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Http;

/// <summary>The errors that refuse a request, each with its code and both texts.</summary>
internal static class RequestErrors
{
    private const int MostNames = 8;

    public static RequestException Invalid(string message, string messageZh) => new(400, "request.invalid", message, messageZh);

    /// <summary>Refuses a value that is not one of the allowed values.</summary>
    public static RequestException NotOneOf(string name, string value, params string[] known) => Invalid(
        $"{name} is {string.Join(", ", known[..^1])} or {known[^1]}, not {Shown(value)}.",
        $"{name} 只能是 {string.Join("、", known[..^1])} 或 {known[^1]}，不能是 {Shown(value)}。");

    /// <summary>Refuses a text that is not a number in the allowed range.</summary>
    public static RequestException NotNumber(string name, string value, double least, double most, bool whole = false)
    {
        var (message, messageZh) = NumberText.Refusal(name, value, least, most, whole);
        return Invalid(message, messageZh);
    }

    /// <summary>Reads a whole number from a query parameter; null if the parameter is missing or empty.</summary>
    /// <exception cref="RequestException"><c>request.invalid</c>: the value is invalid or out of range.</exception>
    public static int? WholeIn(string name, string? text, int least, int most) => string.IsNullOrEmpty(text) ? null
        : NumberText.ReadWhole(text) is { } number && number >= least && number <= most ? number
        : throw NotNumber(name, text, least, most, whole: true);

    /// <summary>Reads a number from a query parameter; null if the parameter is missing or empty.</summary>
    /// <inheritdoc cref="WholeIn"/>
    public static double? NumberIn(string name, string? text, double least, double most) => string.IsNullOrEmpty(text) ? null
        : NumberText.Read(text) is { } number && number >= least && number <= most ? number : throw NotNumber(name, text, least, most);

    /// <summary>
    /// Reads a time from a query parameter, in UTC if it has no offset; null if the parameter is missing or empty.
    /// </summary>
    /// <inheritdoc cref="WholeIn"/>
    public static DateTimeOffset? TimeIn(string name, string? text)
    {
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces;
        if (string.IsNullOrEmpty(text))
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Styles, out var time) ? time : throw Invalid(
            $"{name} is not a time: {Shown(text)}. Write it like 2024-01-04T22:30:05+08:00.",
            $"{name} 不是时间：{Shown(text)}。请写成 2024-01-04T22:30:05+08:00。");
    }

    /// <summary>Reads a flag in any common spelling from a query parameter or a field of a form; missing or empty means false.</summary>
    /// <exception cref="RequestException"><c>request.invalid</c>: the value is neither true nor false.</exception>
    public static bool FlagIn(string name, string? text) =>
        !string.IsNullOrEmpty(text) && (BooleanText.Read(text) ?? throw Invalid(
            $"{name} must be true or false, not {Shown(text)}.", $"{name} 只能是 true 或 false，不能是 {Shown(text)}。"));

    /// <summary>Reads one of the names of an enumeration; null if it is missing or empty.</summary>
    /// <exception cref="RequestException"><c>request.invalid</c>: there is no such name.</exception>
    public static T? ChoiceIn<T>(string name, string? text)
        where T : struct, Enum =>
        string.IsNullOrEmpty(text) ? null : Choices.Find<T>(text) ?? throw NotOneOf(name, text, Choices.Of<T>());

    /// <summary>Shortens a client's value so that a message can quote it.</summary>
    public static string Shown(string value) => value.Length <= 100 ? value : $"{value.AsSpan(0, 100)}…";

    public static RequestException Encoded(string encoding) => new(
        415, "request.encoding", $"The body has the content encoding {Shown(encoding)}. Send the recording without one.",
        $"请求体使用了 {Shown(encoding)} 编码。请直接发送录音。");

    public static RequestException NoRecording() => new(
        400, "request.no_recording", "The request contains no recording. Send it as the multipart part `file`, or as the body.",
        "请求中没有录音。请以 multipart 的 file 字段或请求体发送。");

    /// <summary>Refuses a form without a recording; the message lists the received parts.</summary>
    public static RequestException NoRecordingIn(IReadOnlyList<string> parts)
    {
        if (parts.Count == 0)
            return NoRecording();
        var received = string.Join(", ", parts.Take(MostNames).Select(part => $"`{Shown(part)}`")) + (parts.Count > MostNames ? ", …" : "");
        return new(
            400, "request.no_recording",
            $"The form has the parts {received}, and none of them is the recording. Send it as the part `file`.",
            $"表单包含 {received}，其中没有录音。请以 `file` 部分发送录音。");
    }

    public static RequestException Unknown(string id) => new(
        404, "recognition.not_found", $"There is no recognition {Shown(id)}. It may have been deleted.", $"没有识别记录 {Shown(id)}，可能已被删除。");

    public static RequestException Cancelled(string id) => new(
        409, "recognition.cancelled", $"The recognition {id} was cancelled.", $"识别 {id} 已被取消。");

    /// <summary>The code of <see cref="NoFile"/>.</summary>
    public const string NoFileCode = "recognition.no_file";

    public static RequestException NoFile(string name) => new(
        404, NoFileCode, $"This recognition has no file {Shown(name)}.", $"该识别记录没有文件 {Shown(name)}。");

    public static RequestException NoTimeline() => new(
        404, "recognition.no_timeline",
        "This recognition has no timeline: the recording was processed as a whole. Recognize it with segments=always to get one.",
        "该识别没有时间线：录音是整段识别的。如需时间线，请用 segments=always 重新识别。");

    public static RequestException NoModel(string name) => new(
        404, "model.not_found", $"There is no model {Shown(name)} on the server. GET /api/v1/models lists the available models.",
        $"服务器上没有模型 {Shown(name)}。GET /api/v1/models 可列出现有模型。");

    public static RequestException QueueFull(int capacity) => new(
        429, "queue.full", $"{capacity} recognitions are already waiting. Try again in a few seconds.",
        $"已有 {capacity} 个识别任务在排队，请几秒后重试。")
    { RetryAfter = 5 };

    public static RequestException TooManyRequests(int retryAfter) => new(
        429, "request.too_many", $"Too many requests. Try again in {retryAfter} s.", $"请求过于频繁，请 {retryAfter} 秒后重试。")
    { RetryAfter = retryAfter };

    public static RequestException TooManyFiles(Exception inner) => new(
        503, "server.too_many_files",
        "The server has as many open files and connections as the system allows. "
            + "Try again in a few seconds; its operator can raise the limit (ulimit -n).",
        "服务打开的文件和连接数已达系统上限，请几秒后重试；管理员可提高上限（ulimit -n）。", inner)
    { RetryAfter = 5 };

    public static RequestException Stopping() => new(
        503, "server.stopping", "The server is stopping. Try again when it has restarted.", "服务正在停止，请待其重新启动后再试。")
    { RetryAfter = 10 };

    public static RequestException UploadTooLarge(long limit)
    {
        var megabytes = (limit / 1e6).ToString("0.#", CultureInfo.InvariantCulture);
        return new(
            413, "upload.too_large",
            $"The recording is larger than the limit of {megabytes} MB. "
                + "Split or compress it, or start the server with a larger --max-upload.",
            $"录音超过上传上限 {megabytes} MB。请切分或压缩，或用更大的 --max-upload 启动服务。");
    }

    public static RequestException TooMuchMemory(long needed, long limit) => new(
        413, "server.memory_limit",
        $"This recognition needs about {needed >> 20} MB of memory, more than the limit of {limit >> 20} MB. "
            + "Use a smaller model, or start the server with a larger --memory-limit.",
        $"该识别约需 {needed >> 20} MB 内存，超过上限 {limit >> 20} MB。请改用较小的模型，或用更大的 --memory-limit 启动服务。");

    /// <summary>The code of <see cref="Crashed"/>.</summary>
    public const string CrashedCode = "worker.crashed";

    /// <summary>Reports a recording, of a batch or a single one, that was running in three crashes of the program.</summary>
    public static RequestException Crashed() => new(
        500, CrashedCode,
        "The program crashed three times while it processed this recording, so it does not try again. "
            + "Convert the recording to WAV and process that file.",
        "程序在处理该录音时连续三次崩溃，因此不再重试。请将录音转换为 WAV，再处理该文件。");

    /// <summary>The code of <see cref="KeyTaken"/>.</summary>
    public const string KeyTakenCode = "idempotency.taken";

    /// <summary>Reports that two servers received requests with the same idempotency key at the same moment.</summary>
    public static RequestException KeyTaken() => new(
        409, KeyTakenCode, "Another request with this Idempotency-Key arrived at the same moment. Send it again.",
        "另一个带有相同 Idempotency-Key 的请求同时到达。请重新发送。");

    /// <summary>Refuses a request that has the idempotency key of another one.</summary>
    /// <param name="header">Name of the header with the key.</param>
    public static RequestException OtherRequest(string header) => new(
        422, "idempotency.mismatch",
        $"This {header} was used before with another recording or other options. Use a new key for each request.",
        $"该 {header} 此前已用于其他录音或选项。请为每个请求使用新的键。");

    /// <summary>Reports to waiting callers that the server stops before their recognition is finished.</summary>
    /// <param name="id">The recognition.</param>
    public static RequestException Suspended(string id) => new(
        503, "server.interrupted",
        $"The server stopped before the recognition {id} was finished. It continues when the server has restarted.",
        $"服务在识别 {id} 完成前已停止，重新启动后会继续。")
    { RetryAfter = 10 };

    /// <summary>Reports a recognition that a stop or crash of the server interrupted, and whose recording is lost.</summary>
    public static RequestException Interrupted() => new(
        503, "server.interrupted", "The server stopped before this recognition was finished. Send the recording again.",
        "服务在识别完成前已停止。请重新提交录音。");

    /// <summary>Reports that the default model cannot be loaded, so the server cannot recognize.</summary>
    public static RequestException NoOwnModel(SpeechEmotionException cause) => new(503, cause.Code, cause.Message, cause.MessageZh, cause);

    /// <summary>Returns the texts for a status that ASP.NET itself sets, for example for an unknown route; null for others.</summary>
    public static (string Message, string MessageZh)? OfStatus(int status) => status switch
    {
        400 => ("The request cannot be read.", "请求格式不正确。"),
        404 => ("This address does not exist.", "该地址不存在。"),
        405 => ("This address does not support this method.", "该地址不支持此请求方法。"),
        406 => ("The result is not available in the requested format.", "无法以所要求的格式返回结果。"),
        413 => ("The request is larger than the limit.", "请求超过大小上限。"),
        415 => ("The content type of the body is not supported.", "不支持该请求体类型。"),
        416 => ("The file has no such range.", "文件没有所请求的范围。"),
        _ => null,
    };

    /// <summary>Reports an unexpected exception, which the log contains with the request's id.</summary>
    public static RequestException Unexpected(Exception inner) => new(
        500, "server.unexpected", "An unexpected error occurred on the server. Its log has the details.",
        "服务器出现意外错误，详情见服务器日志。", inner);
}
