using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Server.Http;

/// <summary>Converts every exception to <c>application/problem+json</c> with a stable code, in the caller's language.</summary>
internal sealed class ProblemAnswers(ILogger<ProblemAnswers> logger) : IExceptionHandler
{
    /// <summary>The status that nginx introduced for a client that disconnected; it appears only in the log.</summary>
    private const int ClientDisconnected = 499;

    /// <summary>The start of ASP.NET's message for an unknown charset, for which it has no exception type of its own.</summary>
    private const string UnknownCharset = "Unable to read the request as JSON because the request content type charset";

    private static readonly (string Message, string MessageZh) NotJson =
        ("The body is not the JSON that this request requires.", "请求体不是此处所需的 JSON。");

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken ct)
    {
        if (IsDisconnect(exception, context))
        {
            context.Response.StatusCode = ClientDisconnected;
            return true;
        }
        var error = Known(exception);
        // An error of a recognition is already logged.
        if (error.Code == "server.unexpected" && !ReferenceEquals(error, exception))
            Log.Unexpected(logger, exception);
        await WriteAsync(context, error);
        return true;
    }

    /// <summary>Writes an error as the response.</summary>
    public static Task WriteAsync(HttpContext context, SpeechEmotionException error)
    {
        var problem = Of(error, context);
        context.Response.StatusCode = problem.Status!.Value;
        SetRetryAfter(context, error);
        var problems = context.RequestServices.GetRequiredService<IProblemDetailsService>();
        return problems.WriteAsync(new() { HttpContext = context, ProblemDetails = problem }).AsTask();
    }

    /// <summary>Sets the Retry-After header if a later attempt may succeed.</summary>
    public static void SetRetryAfter(HttpContext context, SpeechEmotionException error)
    {
        if (error is RequestException { RetryAfter: { } seconds })
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Returns whether an exception is due to a broken connection, which ends a wait or the reading of the body.</summary>
    private static bool IsDisconnect(Exception exception, HttpContext context) =>
        exception is ConnectionResetException or ConnectionAbortedException
        || (exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested);

    /// <summary>Returns the error with a text for people; an unexpected error has no details.</summary>
    public static SpeechEmotionException Known(Exception exception) => exception switch
    {
        // First, however it was wrapped: it is not an error of the request or the recording.
        _ when OpenFiles.AreExhausted(exception) => RequestErrors.TooManyFiles(exception),
        SpeechEmotionException known => known,
        BadHttpRequestException { StatusCode: 413 } => new RequestException(
            413, "upload.too_large", "The request is larger than the limit.", "请求超过大小上限。", exception),
        BadHttpRequestException bad => Unreadable(bad),
        InvalidDataException bad => new RequestException(400, "request.invalid", "The request cannot be read.", "请求格式不正确。", bad),
        System.Text.Json.JsonException bad => new RequestException(400, "request.invalid", NotJson.Message, NotJson.MessageZh, bad),
        InvalidOperationException bad when bad.Message.StartsWith(UnknownCharset, StringComparison.Ordinal) => new RequestException(
            415, "request.invalid", "The charset of the body is unknown: send UTF-8.", "请求体的字符集未知：请使用 UTF-8。", bad),
        _ => RequestErrors.Unexpected(exception),
    };

    /// <summary>
    /// Returns the error of an unreadable request. ASP.NET's own message names C# types; this one quotes the value, which the caller
    /// knows, or explains the status.
    /// </summary>
    private static RequestException Unreadable(BadHttpRequestException bad)
    {
        if (bad.Message.StartsWith("Failed to bind", StringComparison.Ordinal))
        {
            var value = RequestErrors.Shown(bad.Message.Split(" from ", 2)[^1].Trim('"', '.'));
            return new(
                bad.StatusCode, "request.invalid", $"The URL contains an invalid value: {value}.", $"地址中的参数值无效：{value}。", bad);
        }
        var (message, messageZh) = bad.InnerException is System.Text.Json.JsonException ? NotJson
            : RequestErrors.OfStatus(bad.StatusCode) ?? ("The request cannot be read.", "请求格式不正确。");
        return new(bad.StatusCode, "request.invalid", message, messageZh, bad);
    }

    /// <summary>Returns the HTTP status of an error.</summary>
    public static int StatusOf(SpeechEmotionException error) => error switch
    {
        RequestException request => request.Status,
        OutputException { Code: "output.disk_full" } => 507,
        ModelException { Code: "model.not_found" } => 404,
        ModelException { Code: "model.features_only" } => 422,
        DownloadException { Code: "download.no_space" } => 507,
        DownloadException { Code: "download.in_progress" } => 409,
        DownloadException { Code: "download.not_written" } => 500,
        DownloadException => 502,
        // The recording is too long for the requested options.
        ModelException { Code: "model.too_long" } => 422,
        AudioException { Code: "audio.too_large" } => 413,
        // This machine can read the format with ffmpeg, so the recording is not at fault.
        AudioException { Code: "audio.decoder_missing" } => 415,
        AudioException { Code: "audio.not_kept" or "audio.decoder_failed" } => 500,
        AudioException => 422,
        _ => 500,
    };

    /// <summary>Returns the problem document of an error, in the language of the request.</summary>
    public static ProblemDetails Of(SpeechEmotionException error, HttpContext context) => new()
    {
        Status = StatusOf(error),
        Title = ReasonPhrases.GetReasonPhrase(StatusOf(error)),
        Detail = error.TextIn(context.Language()),
        Extensions = { ["code"] = error.Code },
    };

    /// <summary>Completes the problem documents of ASP.NET itself, for example the 404 of an unknown route.</summary>
    public static void Complete(ProblemDetailsContext problem)
    {
        var details = problem.ProblemDetails;
        details.Status ??= problem.HttpContext.Response.StatusCode;
        details.Type ??= "about:blank";
        details.Title ??= ReasonPhrases.GetReasonPhrase(details.Status.Value);
        details.Instance ??= problem.HttpContext.Request.PathBase + problem.HttpContext.Request.Path;
        details.Extensions.TryAdd("code", $"http.{details.Status}");
        if (RequestErrors.OfStatus(details.Status.Value) is var (message, messageZh))
            details.Detail ??= problem.HttpContext.Language() == "zh" ? messageZh : message;
        details.Extensions["request_id"] = problem.HttpContext.Features.Get<IHttpRequestIdentifierFeature>()?.TraceIdentifier;
    }
}
