using System.ComponentModel;
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
            .GivesFile([.. Enum.GetValues<ExportFormat>().Select(format => format.MediaType())])
            .ProducesProblem(400);

    private static PushStreamHttpResult Export(
        HttpContext context, [FromServices] HistoryExport export, [FromServices] TimeProvider time,
        [AsParameters] ExportParameters parameters, [AsParameters] RecognitionFilter filter,
        [FromQuery, Description("Only these recognitions: up to 1000 identifiers, separated by commas.")] string? ids, CancellationToken ct)
    {
        var (format, table, options) = (parameters.ToFormat(), parameters.ToTable(), parameters.ToOptions(context));
        var query = filter.ToHistory() with { Ids = IdsOf(ids) };
        context.Response.Headers.CacheControl = "private, no-cache";
        // An exception of the writer leaves the response without its end, and breaks the connection.
        var date = time.GetLocalNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return TypedResults.Stream(
            body => export.WriteAsync(query, format, table, options, body, ct), format.MediaType(),
            ExportNames.FileOf(format, table, "recognitions", date));
    }

    /// <exception cref="Http.RequestException"><c>request.invalid</c>.</exception>
    private static string[]? IdsOf(string? ids) =>
        string.IsNullOrEmpty(ids) ? null : RecognitionIds.Of(ids.Split(',', StringSplitOptions.TrimEntries));
}
