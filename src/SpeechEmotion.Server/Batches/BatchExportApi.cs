using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Server.Exports;
using SpeechEmotion.Server.Recognitions;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Batches;

/// <summary><c>/api/v1/batches/{batch}/export</c>.</summary>
internal static class BatchExportApi
{
    public static void MapBatchExport(this IEndpointRouteBuilder group) =>
        group.MapGet("/{batch}/export", ExportAsync).WithName("ExportBatch").WithSummary("Export the results of a batch as a file")
            .WithDescription(
                "The results so far, also of a running batch. `contracts/batch-tables.json` has the columns. An archive has all files that "
                    + "`ser batch` writes. If the export fails after its start, the server breaks the connection.")
            .GivesFile([.. Enum.GetValues<ExportFormat>().Select(format => format.MediaType())])
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(507);

    private static async Task<IResult> ExportAsync(
        HttpContext context, string batch, [FromServices] BatchStore batches, [FromServices] BatchExport export,
        [FromServices] BatchDownload download, [AsParameters] ExportParameters parameters, CancellationToken ct)
    {
        var (format, table, options) = (parameters.ToFormat(), parameters.ToTable(), parameters.ToOptions(context));
        var found = await batches.RequireAsync(batch, ct);
        var name = ExportNames.FileOf(format, table, "batch", $"{found.Id}");
        context.Response.Headers.CacheControl = "private, no-cache";
        if (format == ExportFormat.Zip)
            return TypedResults.Stream(await download.CreateAsync(found.Id, options, ct), format.MediaType(), name);
        // An exception of the writer leaves the response without its end, and breaks the connection.
        return TypedResults.Stream(
            body => export.WriteAsync(found.Id, format, table, body, options, ct), format.MediaType(), name);
    }
}
