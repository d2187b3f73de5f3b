using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Server.Exports;

namespace SpeechEmotion.Server.Recognitions;

/// <summary><c>/api/v1/recognitions/export</c>.</summary>
internal static class RecognitionExportApi
{
    public static void MapRecognitionExport(this IEndpointRouteBuilder group) =>
        group.MapGet("/export", Export).WithName("ExportRecognitions")
            .WithSummary("Export the history as a file")
            .WithDescription(
                "All recognitions that have ended and match the filters, newest first. `contracts/batch-tables.json` has the columns. "
                    + "If the export fails after its start, the server breaks the connection.")
            .GivesFile(MediaTypeOf(ExportFormat.Csv), MediaTypeOf(ExportFormat.Jsonl), MediaTypeOf(ExportFormat.Parquet),
                MediaTypeOf(ExportFormat.Zip))
            .ProducesProblem(400);

    private static PushStreamHttpResult Export(
        HttpContext context, [FromServices] HistoryExport export, [FromServices] TimeProvider time,
        [AsParameters] ExportParameters parameters, [AsParameters] RecognitionFilter filter, CancellationToken ct)
    {
        var (format, table, options) = (parameters.ToFormat(), parameters.ToTable(), parameters.ToOptions(context));
        var query = filter.ToHistory() with { Ids = parameters.ToIds() };
        context.Response.Headers.CacheControl = "private, no-cache";
        // An exception of the writer leaves the response without its end, and breaks the connection.
        return TypedResults.Stream(
            body => export.WriteAsync(query, format, table, options, body, ct), MediaTypeOf(format), NameOf(format, table, time));
    }

    /// <summary>Returns the name of the file: what it has, and the date on the server.</summary>
    private static string NameOf(ExportFormat format, HistoryTable table, TimeProvider time)
    {
        var content = table switch
        {
            HistoryTable.Segments => "segments",
            HistoryTable.Transitions => "transitions",
            _ => "recognitions",
        };
        var extension = format switch
        {
            ExportFormat.Csv => "csv",
            ExportFormat.Jsonl => "jsonl",
            ExportFormat.Parquet => "parquet",
            _ => "zip",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{content}-{time.GetLocalNow():yyyy-MM-dd}.{extension}");
    }

    private static string MediaTypeOf(ExportFormat format) => format switch
    {
        ExportFormat.Csv => "text/csv",
        ExportFormat.Jsonl => "application/jsonl",
        ExportFormat.Parquet => "application/vnd.apache.parquet",
        _ => "application/zip",
    };
}
