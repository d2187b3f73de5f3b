using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Recognitions;

/// <summary><c>/api/v1/recognitions/delete</c>.</summary>
internal static class RecognitionDeletionApi
{
    /// <summary>More than 1000 identifiers need.</summary>
    private const long BodyBytes = 256 << 10;

    /// <summary>Bounds the memory of a deletion that fails for all recognitions, for example on a disk that is read-only.</summary>
    private const int MostFailures = 1000;

    public static void MapRecognitionDeletion(this IEndpointRouteBuilder group) =>
        group.MapPost("/delete", DeleteAsync).WithName("DeleteRecognitions")
            .WithSummary("Delete several recognitions with their files")
            .WithDescription(
                "Cancels those that wait or run, then deletes each one. A failure does not stop the others. "
                    + "If the client disconnects, the rest is not deleted.")
            .WithMetadata(new RequestSizeLimitAttribute(BodyBytes))
            .ProducesProblem(400).ProducesProblem(413).ProducesProblem(415);

    private static async Task<Ok<DeletionResource>> DeleteAsync(
        HttpContext context, [FromBody] DeletionRequest request, [FromServices] RecognitionQueue queue, [FromServices] HistoryPages pages,
        CancellationToken ct)
    {
        var (deleted, failed) = (0, new List<DeletionFailureResource>());
        await foreach (var group in GroupsOf(request, pages, ct))
        {
            await queue.CancelAsync(group, ct);
            foreach (var id in group)
            {
                if (await TryDeleteAsync(id, queue, context, ct) is not { } failure)
                    deleted++;
                else if (failed.Count < MostFailures)
                    failed.Add(failure);
            }
        }
        return TypedResults.Ok(new DeletionResource(deleted, failed));
    }

    /// <summary>Returns the identifiers in groups, each of which is deleted before the next one is read.</summary>
    /// <exception cref="RequestException"><c>request.invalid</c>, or an error of the history.</exception>
    private static async IAsyncEnumerable<string[]> GroupsOf(
        DeletionRequest request, HistoryPages pages, [EnumeratorCancellation] CancellationToken ct)
    {
        if (request.Ids is null == request.Filter is null)
            throw RequestErrors.Invalid("Send either ids or filter.", "请提供 ids 或 filter 其中一项。");
        if (request.Filter is { } filter)
        {
            await foreach (var page in pages.ReadAsync(filter.ToFilter().ToHistory(), ct))
                yield return [.. page.Select(entry => entry.Id)];
        }
        else
        {
            yield return RecognitionIds.Of(request.Ids!);
        }
    }

    /// <summary>Deletes one recognition; returns why it could not be deleted, or null.</summary>
    private static async Task<DeletionFailureResource?> TryDeleteAsync(
        string id, RecognitionQueue queue, HttpContext context, CancellationToken ct)
    {
        try
        {
            await queue.DeleteAsync(id, ct);
            return null;
        }
        catch (SpeechEmotionException error) when (!ct.IsCancellationRequested)
        {
            return new(id, error.Code, error.TextIn(context.Language()));
        }
    }
}
