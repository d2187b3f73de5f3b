using System.Text.Json;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Recognitions;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Batches;

/// <summary>Reads the requests that create batches or add recordings to them.</summary>
internal static class BatchOrders
{
    /// <summary>The most files of one request; an open batch takes more in further requests.</summary>
    private const int MaxFiles = 10_000;

    /// <summary>The most fields of a form beside its files.</summary>
    private const int MaxFields = 100;

    private const int MaxName = 200;
    private const int MaxPriority = 10;
    private const int MaxPath = 4096;

    /// <summary>Longer than any valid request in JSON.</summary>
    private const int MaxJsonBytes = 1 << 20;

    /// <summary>The fields of a form that creates a batch.</summary>
    private static readonly string[] Fields =
        ["name", "priority", "open", "webhook", "model", "embedding", "roles", .. RecognitionParameters.KnownValues.Keys];

    /// <summary>Reads a request for a new batch: a form with files and fields, or JSON that names a folder.</summary>
    /// <param name="context">The request.</param>
    /// <param name="uploads">The store for the files.</param>
    /// <param name="require">Refuses an order by an exception; called before the first file is received.</param>
    /// <param name="ct">Cancels the reading of JSON.</param>
    /// <exception cref="RequestException">The request is malformed, too large or refused.</exception>
    public static async Task<BatchOrder> ReadAsync(
        HttpContext context, UploadStore uploads, Action<BatchOrder> require, CancellationToken ct)
    {
        if (context.Request.HasJsonContentType())
            return Of(await ReadJsonAsync<BatchFolderRequest>(context, ct));
        var form = await ReadFormAsync(context.Request, uploads, Fields, fields => require(Of(fields)));
        var complete = false;
        try
        {
            // Fields may also follow the files.
            var order = Of(form.Fields) with { Files = form.Files };
            complete = true;
            return order;
        }
        finally
        {
            if (!complete)
                Discard(form);
        }
    }

    /// <summary>Reads the files that a request adds to an open batch.</summary>
    /// <exception cref="RequestException">The request is malformed or too large.</exception>
    public static async Task<IReadOnlyList<(string Part, UploadedRecording File)>> ReadFilesAsync(
        HttpContext context, UploadStore uploads) =>
        (await ReadFormAsync(context.Request, uploads, [], null)).Files;

    /// <summary>Reads the changes of a batch.</summary>
    /// <exception cref="RequestException">The request is malformed.</exception>
    public static async Task<BatchChangeRequest> ReadChangeAsync(HttpContext context, CancellationToken ct)
    {
        var change = await ReadJsonAsync<BatchChangeRequest>(context, ct);
        return change with { Name = NameOf(change.Name), Priority = change.Priority is { } priority ? PriorityOf(priority) : null };
    }

    private static async Task<UploadForm> ReadFormAsync(
        HttpRequest request, UploadStore uploads, string[] fields, Action<IReadOnlyDictionary<string, string>>? check)
    {
        // No token: a broken connection already ends the body, and with a token Kestrel would report an unfinished read.
        var form = await UploadForm.ReadAsync(
            request, uploads, IsFile, temporary: true, CancellationToken.None, MaxFiles + MaxFields, check);
        if (FaultOf(form) is not { } fault)
            return form;
        Discard(form);
        throw fault;

        // A misspelled option must not be ignored, nor one that is sent as a file.
        bool IsFile(string part)
        {
            if (UploadForm.IsRecording(part) || (fields.Length > 0 && BatchUploads.Accepts(part)))
                return true;
            return fields.Contains(part) ? false : throw BatchRequestErrors.UnknownPart(part, fields);
        }
    }

    private static RequestException? FaultOf(UploadForm form)
    {
        if (form.Skipped is [var option, ..])
            return RequestErrors.Invalid($"The option '{option}' was sent as a file.", $"选项“{option}”以文件形式发送。");
        return form.Files.FirstOrDefault(file => file.Recording.Size == 0).Recording?.Name is { } empty
            ? RequestErrors.Invalid($"The file '{empty}' is empty.", $"文件“{empty}”为空。")
            : null;
    }

    private static async Task<T> ReadJsonAsync<T>(HttpContext context, CancellationToken ct)
        where T : class
    {
        context.LimitBody(MaxJsonBytes);
        // ProblemAnswers reports the exception: its message names C# types.
        return await context.Request.ReadFromJsonAsync<T>(ct) ?? throw new JsonException("The body is null.");
    }

    private static BatchOrder Of(IReadOnlyDictionary<string, string> fields)
    {
        var parameters = new RecognitionParameters().With(fields);
        return new()
        {
            Name = NameOf(fields.GetValueOrDefault("name")),
            Priority = RequestErrors.WholeIn("priority", fields.GetValueOrDefault("priority"), -MaxPriority, MaxPriority) ?? 0,
            Open = RequestErrors.FlagIn("open", fields.GetValueOrDefault("open")),
            Webhook = WebhookOf(fields.GetValueOrDefault("webhook")),
            Options = parameters.ToOptions(),
            Model = parameters.ModelName,
        };
    }

    private static BatchOrder Of(BatchFolderRequest request)
    {
        var options = request.Options ?? new();
        var parameters = new RecognitionParameters
        {
            Model = options.Model,
            Granularity = options.Granularity,
            Embedding = options.Embedding == true ? "true" : null,
            Segments = options.Segments,
            Silence = options.Silence,
            Channels = options.Channels,
            Roles = options.Roles is null ? null : string.Join(',', options.Roles),
        };
        return new()
        {
            Name = NameOf(request.Name),
            Priority = PriorityOf(request.Priority),
            Open = request.Open,
            Webhook = WebhookOf(request.Webhook),
            Options = parameters.ToOptions(),
            Model = parameters.ModelName,
            Source = request.Folder is not { Length: > MaxPath } ? request.Folder : throw RequestErrors.Invalid(
                "folder is too long.", "folder 过长。"),
        };
    }

    private static string? NameOf(string? name)
    {
        var clean = name?.Trim();
        if (string.IsNullOrEmpty(clean))
            return null;
        return clean.Length <= MaxName && !clean.Any(char.IsControl) ? clean : throw RequestErrors.Invalid(
            $"name must be at most {MaxName} characters without control characters.", $"name 最多 {MaxName} 个字符，且不含控制字符。");
    }

    private static string? WebhookOf(string? url) => string.IsNullOrWhiteSpace(url) ? null : url;

    private static int PriorityOf(int priority) => Math.Abs((long)priority) <= MaxPriority ? priority : throw RequestErrors.NotNumber(
        "priority", $"{priority}", -MaxPriority, MaxPriority, whole: true);

    private static void Discard(UploadForm form)
    {
        foreach (var (_, file) in form.Files)
            file.Discard();
    }
}
