using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using SpeechEmotion.Options;
using SpeechEmotion.Server.Exports;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Recognitions;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Batches;

/// <summary><c>/api/v1/batches/{batch}/export</c>.</summary>
internal static class BatchExportApi
{
    private const string Zip = "zip";

    /// <summary>The values of <c>format</c>; the first one is the default.</summary>
    public static IReadOnlyList<string> Formats { get; } = [.. Choices.Of<ExportFormat>(), Zip];

    public static void MapBatchExport(this IEndpointRouteBuilder group) =>
        group.MapGet("/{batch}/export", ExportAsync).WithName("ExportBatch").WithSummary("Download the results of a batch")
            .WithDescription(
                "The results so far, also of a running batch. contracts/batch-tables.json has the columns. An archive (zip) has all files "
                    + "that `ser batch` writes. If the server fails in the middle, it breaks the connection.")
            .GivesFile("text/csv", "application/x-ndjson", "application/vnd.apache.parquet", "application/zip")
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(507);

    private static async Task ExportAsync(
        HttpContext context, string batch, [FromServices] BatchStore batches, [FromServices] BatchExport export,
        [FromServices] BatchDownload download,
        [FromQuery, Description("The format; default csv.")] string? format,
        [FromQuery, Description("The table of csv and parquet; default results.")] string? table,
        [FromQuery, Description("true: CSV begins with a byte order mark, without which some spreadsheets misread Chinese.")] string? bom,
        CancellationToken ct)
    {
        var found = await batches.RequireAsync(batch, ct);
        var options = new ExportOptions { Language = context.Language(), ByteOrderMark = RecognitionUpload.FlagOf("bom", bom) };
        if (format == Zip)
        {
            await download.WriteAsync(found.Id, options, SendAsync, ct);
            return;
        }
        var chosen = ChoiceOf<ExportFormat>("format", format, Formats);
        var rows = ChoiceOf<ExportedTable>("table", table, Choices.Of<ExportedTable>());
        var shown = rows.ToString().ToLowerInvariant();
        var (type, name) = chosen switch
        {
            ExportFormat.Csv => ("text/csv; charset=utf-8", $"batch-{found.Id}-{shown}.csv"),
            ExportFormat.Jsonl => ("application/x-ndjson", $"batch-{found.Id}.jsonl"),
            _ => ("application/vnd.apache.parquet", $"batch-{found.Id}-{shown}.parquet"),
        };
        await export.WriteAsync(found.Id, chosen, rows, Begin(context, type, name), options, ct);

        Task SendAsync(string archive)
        {
            Begin(context, "application/zip", $"batch-{found.Id}.zip");
            context.Response.ContentLength = new FileInfo(archive).Length;
            return context.Response.SendFileAsync(archive, ct);
        }
    }

    private static Stream Begin(HttpContext context, string type, string name)
    {
        context.Response.ContentType = type;
        context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = name }.ToString();
        context.Response.Headers.CacheControl = "private, no-store";
        return context.Response.Body;
    }

    private static T ChoiceOf<T>(string name, string? text, IReadOnlyList<string> known)
        where T : struct, Enum => string.IsNullOrEmpty(text) ? default
            : Choices.Find<T>(text) ?? throw RequestErrors.NotOneOf(name, text, [.. known]);
}
