using System.Runtime.CompilerServices;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Exports.Rows;

/// <summary>
/// Reads the recognitions of the history that have ended, newest first. What the tables need is in the database; only the frames and
/// the complete timeline are in the result folder.
/// </summary>
internal sealed class HistoryRows(HistoryPages pages, RecognitionFiles files)
{
    /// <summary>Reads the recognitions that match a query.</summary>
    /// <param name="query">The filters.</param>
    /// <param name="parts">What to read of each.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="SpeechEmotionException">The history or a result file cannot be read.</exception>
    public async IAsyncEnumerable<BatchRow> ReadAsync(HistoryQuery query, RowParts parts, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var page in pages.ReadAsync(query, ct))
        {
            (HistoryEntry Entry, RecognitionDocument Document)[] ended =
                [.. page.Select(entry => (entry, entry.ToDocument())).Where(read => read.Item2.IsFinal)];
            var counts = await CountAsync(ended, ct);
            foreach (var (entry, document) in ended)
            {
                var answer = AnswerOf(document);
                var timeline = answer is not null && document.Summary is { } summary
                    ? await ReadTimelineAsync(entry, document, summary.Speech, counts, parts, ct)
                    : null;
                yield return new()
                {
                    Recognition = new(entry.Id, document.Created),
                    File = document.FileName,
                    Answer = answer is null ? null : answer with { Timeline = timeline },
                    Failure = answer is null ? FailureOf(document) : null,
                    Document = answer is null || parts != RowParts.Line ? default : LineOf(document),
                    OpenResult = document is { Summary: not null } or { Granularity: Granularity.Frame }
                        ? stop => OpenAsync(document, stop)
                        : null,
                    Sha256 = document.Provenance?.Source?.Sha256,
                };
            }
        }
    }

    private async Task<Dictionary<string, int>> CountAsync(
        (HistoryEntry Entry, RecognitionDocument Document)[] read, CancellationToken ct)
    {
        string[] segmented = [.. read.Where(each => each.Document.Summary is not null).Select(each => each.Entry.Id)];
        return segmented.Length == 0 ? [] : await pages.CountSegmentsAsync(segmented, ct);
    }

    private async Task<RowTimeline> ReadTimelineAsync(
        HistoryEntry entry, RecognitionDocument document, double speech, Dictionary<string, int> counts, RowParts parts,
        CancellationToken ct)
    {
        if (!entry.SegmentsStored)
            return RowTimeline.Of(speech, await SegmentsInFileAsync(document, ct));
        return parts == RowParts.Segments
            ? RowTimeline.Of(speech, await pages.ReadSegmentsAsync(entry.Id, ct))
            : new(RowTimeline.Seconds(speech), counts.GetValueOrDefault(entry.Id), [], []);
    }

    /// <summary>Reads the segments of a recognition of an older version, which the server has not stored in the database yet.</summary>
    private async Task<List<SegmentEntry>> SegmentsInFileAsync(RecognitionDocument document, CancellationToken ct)
    {
        try
        {
            await using var result = await OpenAsync(document, ct);
            var read = result is null ? null : TimelineReader.Read(result, ResultFiles.Result, ct);
            return read is null ? [] : [.. SegmentEntry.Of(document.Id, read.Timeline)];
        }
        catch (OutputException)
        {
            // The file is damaged: SegmentBackfill reports it.
            return [];
        }
    }

    private async Task<Stream?> OpenAsync(RecognitionDocument document, CancellationToken ct)
    {
        try
        {
            return await files.OpenAsync(document, ResultFiles.Result, ct);
        }
        catch (RequestException missing) when (missing.Code == RequestErrors.NoFileCode)
        {
            // A user has removed the folder.
            return null;
        }
    }

    /// <summary>Returns the answer without its timeline; null if there is none.</summary>
    private static RowAnswer? AnswerOf(RecognitionDocument document) =>
        document is not { State: RecognitionState.Done, Scores: { } scores, Model: { } model, Duration: { } duration } ? null : new()
        {
            Emotion = document.Emotion!.Value,
            Dominant = RowDominant.Of(document.Dominant),
            Confidence = document.Confidence!.Value,
            Scores = [.. scores],
            Granularity = document.Granularity.Key(),
            Duration = duration,
            Model = new(model.Id, model.Precision, model.Hash),
            Quality = [.. (document.Quality ?? []).Select(note => note.Key)],
            SpeechOnly = document.SpeechOnly is { } speech ? new EmotionScores([.. speech]).Top : null,
        };

    private static RowFailure FailureOf(RecognitionDocument document)
    {
        if (document.Error is { } error)
            return new(error.Code, ClientText.Hide(error.Message), ClientText.Hide(error.MessageZh));
        SpeechEmotionException cause = document.State == RecognitionState.Cancelled
            ? RequestErrors.Cancelled(document.Id)
            : HistoryErrors.Damaged();
        return new(cause.Code, cause.TextIn("en"), cause.TextIn("zh"));
    }

    private static byte[] LineOf(RecognitionDocument document)
    {
        using var line = new MemoryStream();
        RecognitionJson.WriteLine(line, document.FileName, new()
        {
            Scores = new([.. document.Scores!]),
            Labels = [],
            Granularity = document.Granularity,
            Duration = TimeSpan.FromSeconds(document.Duration!.Value),
            Model = document.Model!,
            Quality = document.Quality ?? [],
            SpeechOnly = document.SpeechOnly is { } speech ? new(new([.. speech])) : null,
            // Null in the result of an older version: the line then has none.
            Provenance = document.Provenance!,
        });
        return line.ToArray();
    }
}
