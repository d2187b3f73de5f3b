using SpeechEmotion.Errors;
using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Storage;

/// <summary>
/// Reads the segments of older recognitions from their <c>result.json</c> and stores them in the database, one recognition at a
/// time in the background. Ends when none is left; a stop of the server interrupts it, and the next start resumes it.
/// </summary>
internal sealed class SegmentBackfill(
    RecognitionHistory history, RecognitionFiles files, ILogger<SegmentBackfill> logger) : BackgroundService
{
    private const int BatchSize = 50;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (count, last) = (0, "");
        try
        {
            while (await history.FindWithoutSegmentsAsync(last, BatchSize, stoppingToken) is { Count: > 0 } batch)
            {
                foreach (var (id, document) in batch)
                    count += await StoreAsync(id, document, stoppingToken) ? 1 : 0;
                last = batch[^1].Id;
            }
            if (count > 0)
                Log.SegmentsStored(logger, count);
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
        catch (Exception e)
        {
            // A failure here must not stop the server; the next start tries again.
            Log.SegmentsNotStored(logger, CodeOf(e), e.Message);
        }
    }

    /// <summary>Stores the segments of a recognition; one that fails must not stop the others, and the next start tries it again.</summary>
    /// <returns>Whether it has segments.</returns>
    private async Task<bool> StoreAsync(string id, RecognitionDocument document, CancellationToken ct)
    {
        try
        {
            var timeline = await Task.Run(() => ReadTimelineAsync(document, ct), ct);
            await history.StoreSegmentsAsync(id, timeline, ct);
            return timeline is not null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.SegmentsNotStored(logger, CodeOf(e), e.Message);
            return false;
        }
    }

    /// <summary>Reads the timeline of a recognition; returns null if it has none, or if its file does not exist or is damaged.</summary>
    /// <exception cref="IOException">The file cannot be read now.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    private async Task<Timeline?> ReadTimelineAsync(RecognitionDocument document, CancellationToken ct)
    {
        if (document.Folder is null || document.Summary is null)
            return null;
        try
        {
            await using var file = await files.OpenAsync(document, ResultFiles.Result, ct);
            return TimelineReader.Read(file, ResultFiles.Result, ct)?.Timeline;
        }
        catch (SpeechEmotionException e) when (e.Code is RequestErrors.NoFileCode or "output.damaged")
        {
            Log.SegmentsUnreadable(logger, document.Id, e.Message);
            return null;
        }
    }

    private static string CodeOf(Exception e) => (e as SpeechEmotionException)?.Code ?? "server.unexpected";
}
