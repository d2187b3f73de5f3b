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
        var count = 0;
        try
        {
            while (await history.FindWithoutSegmentsAsync(BatchSize, stoppingToken) is { Count: > 0 } batch)
            {
                foreach (var document in batch)
                {
                    var timeline = await Task.Run(() => TimelineOf(document), stoppingToken);
                    await history.StoreSegmentsAsync(document.Id, timeline, stoppingToken);
                    count += timeline is null ? 0 : 1;
                }
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
            Log.SegmentsNotStored(logger, (e as SpeechEmotionException)?.Code ?? "server.unexpected", e.Message);
        }
    }

    /// <summary>Reads the timeline of a recognition; returns null if it has none, or if its file is missing or damaged.</summary>
    private Timeline? TimelineOf(RecognitionDocument document)
    {
        if (document.Folder is null)
            return null;
        try
        {
            using var file = files.Open(document, ResultFiles.Result);
            return TimelineReader.Read(file, ResultFiles.Result)?.Timeline;
        }
        catch (Exception e) when (e is RequestException or OutputException or IOException or UnauthorizedAccessException)
        {
            Log.SegmentsUnreadable(logger, document.Id, e.Message);
            return null;
        }
    }
}
