using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Uploads;

/// <summary>A multipart body: its files on the disk, its fields in memory.</summary>
/// <param name="Files">The recordings with the names of their parts, in order.</param>
/// <param name="Fields">The fields by name.</param>
/// <param name="Skipped">The names of skipped file parts.</param>
public sealed record UploadForm(
    IReadOnlyList<(string Part, UploadedRecording Recording)> Files,
    IReadOnlyDictionary<string, string> Fields,
    IReadOnlyList<string> Skipped)
{
    private static readonly string[] RecordingNames = ["file", "files", "audio"];

    private const int DefaultMaxParts = 100;
    private const int MaxFieldBytes = 64 * 1024;

    /// <summary>
    /// Reads a body part by part. ASP.NET's form reader would first write the files to its own temporary folder; this method
    /// writes each file directly to its final path and enforces the limit while it reads.
    /// </summary>
    /// <param name="request">The request whose body is read.</param>
    /// <param name="uploads">The store for the files.</param>
    /// <param name="accepts">
    /// Returns whether the part of a given name is a recording, with or without a file name: many libraries send bytes without
    /// one. Other parts with a file name are skipped.
    /// </param>
    /// <param name="temporary">Whether the files are deleted after their recognition.</param>
    /// <param name="ct">Cancels the upload.</param>
    /// <param name="maxParts">The most parts of the form.</param>
    /// <param name="check">Refuses the fields before the first recording, by an exception, so that no file is sent in vain.</param>
    /// <exception cref="RequestException">The body is not multipart, is malformed, or too large.</exception>
    public static async Task<UploadForm> ReadAsync(
        HttpRequest request, UploadStore uploads, Func<string, bool> accepts, bool temporary, CancellationToken ct,
        int maxParts = DefaultMaxParts, Action<IReadOnlyDictionary<string, string>>? check = null)
    {
        var files = new List<(string, UploadedRecording)>();
        var complete = false;
        try
        {
            var (fields, skipped) = await ReadAsync(request, uploads, accepts, temporary, maxParts, check, files, ct);
            complete = true;
            return new(files, fields, skipped);
        }
        catch (InvalidDataException)
        {
            throw RequestErrors.Invalid(
                "The multipart body is malformed, or its part headers are too long.", "multipart 请求体格式不正确，或部分的头过长。");
        }
        catch (IOException bad) when (bad is not Microsoft.AspNetCore.Connections.ConnectionResetException and not BadHttpRequestException)
        {
            throw RequestErrors.Invalid("The multipart body is incomplete.", "multipart 请求体不完整。");
        }
        finally
        {
            if (!complete)
                files.ForEach(file => file.Item2.Discard());
        }
    }

    /// <summary>
    /// Returns whether a part of this name is the recording: <c>file</c>, <c>files</c> or <c>audio</c>, also as <c>file[]</c> or
    /// <c>file[0]</c>.
    /// </summary>
    public static bool IsRecording(string part) =>
        part.IndexOf('[', StringComparison.Ordinal) is var bracket
        && RecordingNames.Contains(bracket > 0 && part[^1] == ']' ? part[..bracket] : part);

    private static async Task<(Dictionary<string, string> Fields, List<string> Skipped)> ReadAsync(
        HttpRequest request, UploadStore uploads, Func<string, bool> accepts, bool temporary, int maxParts,
        Action<IReadOnlyDictionary<string, string>>? check, List<(string Part, UploadedRecording Recording)> files, CancellationToken ct)
    {
        var (fields, skipped) = (new Dictionary<string, string>(), new List<string>());
        var reader = new MultipartReader(Boundary(request), request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 16 * 1024 };
        var parts = 0;
        while (await reader.ReadNextSectionAsync(ct) is { } section)
        {
            if (++parts > maxParts)
                throw RequestErrors.Invalid($"The form has more than {maxParts} parts.", $"表单超过 {maxParts} 个部分。");
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                continue;
            var (name, fileName) = NamesOf(disposition);
            if (accepts(name))
            {
                if (files.Count == 0)
                    check?.Invoke(fields);
                var left = request.ContentLength - files.Sum(file => file.Recording.Size);
                var recording = await uploads.SaveAsync(section.Body, fileName, temporary, left, ct);
                files.Add((name, recording with { SentPath = UploadName.CleanPath(fileName) }));
            }
            else if (fileName is null)
                fields[name] = await TextAsync(section.Body, name, ct);
            else
                skipped.Add(name);
        }
        return (fields, skipped);
    }

    /// <summary>Returns the names of the part and of its file. Names in UTF-7, which .NET no longer reads, are refused.</summary>
    private static (string Part, string? File) NamesOf(ContentDispositionHeaderValue disposition)
    {
        try
        {
            return (HeaderUtilities.RemoveQuotes(disposition.Name).ToString(), FileNameOf(disposition));
        }
        catch (NotSupportedException)
        {
            throw RequestErrors.Invalid(
                "The encoding of a part's name is not supported. Send it in UTF-8.", "部分的名称使用了不支持的编码，请用 UTF-8 发送。");
        }
    }

    /// <summary>Returns the name of the file, in which curl escapes quotes; null for a field.</summary>
    private static string? FileNameOf(ContentDispositionHeaderValue disposition)
    {
        var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        return HeaderUtilities.RemoveQuotes(name).Value?.Replace("\\\"", "\"", StringComparison.Ordinal);
    }

    private static string Boundary(HttpRequest request)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
            && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 200 } boundary)
            return boundary.Value!;
        throw RequestErrors.Invalid("The body is not multipart/form-data.", "请求体不是 multipart/form-data。");
    }

    private static async Task<string> TextAsync(Stream body, string name, CancellationToken ct)
    {
        var buffer = new byte[MaxFieldBytes + 1];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return read <= MaxFieldBytes
            ? System.Text.Encoding.UTF8.GetString(buffer, 0, read)
            : throw RequestErrors.Invalid($"The field {RequestErrors.Shown(name)} is too long.", $"字段 {RequestErrors.Shown(name)} 过长。");
    }
}
