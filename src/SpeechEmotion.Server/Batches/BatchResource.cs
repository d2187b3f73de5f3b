using System.Text.Json;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Batches;

/// <summary>A batch: many recordings that are recognized with the same options.</summary>
public sealed record BatchResource
{
    /// <summary>Identifier of the batch, as used in URLs.</summary>
    public required int Id { get; init; }

    /// <summary>The name that people see.</summary>
    public required string Name { get; init; }

    /// <summary>Current state.</summary>
    public required BatchPhase State { get; init; }

    /// <summary>Whether recordings may be added.</summary>
    public required bool Open { get; init; }

    /// <summary>The failure that paused the batch, or for which all batches wait; null if there is none.</summary>
    public ErrorResource? Reason { get; init; }

    /// <summary>Batches with a greater priority are processed first; batches of equal priority share.</summary>
    public required int Priority { get; init; }

    /// <summary>Time of the request.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Time at which the last recording got its outcome; null while some have none.</summary>
    public DateTimeOffset? Completed { get; init; }

    /// <summary>Number of recordings that are known so far.</summary>
    public required int Items { get; init; }

    /// <summary>Number of recordings with a result.</summary>
    public required int Succeeded { get; init; }

    /// <summary>Number of recordings with an error.</summary>
    public required int Failed { get; init; }

    /// <summary>Total length of the recognized recordings, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Number of recordings with each emotion.</summary>
    public required EmotionCountsResource Emotions { get; init; }

    /// <summary>Recordings per second during the last minute; null if none ended.</summary>
    public double? ItemsPerSecond { get; init; }

    /// <summary>Seconds of sound per second during the last minute; null if no recording ended.</summary>
    public double? TimesRealTime { get; init; }

    /// <summary>Estimated time until the last outcome, in seconds; null if unknown.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>How all recordings are recognized.</summary>
    public required BatchOptionsResource Options { get; init; }

    /// <summary>The names of the metadata columns, in the order in which they appeared.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The folders, archives and manifests; empty if all recordings were sent by themselves.</summary>
    public required IReadOnlyList<BatchSourceResource> Sources { get; init; }

    /// <summary>Related addresses.</summary>
    public required BatchLinks Links { get; init; }

    internal static BatchResource Of(BatchView view, HttpContext context)
    {
        var (batch, progress) = (view.Batch, view.Progress);
        var language = context.Language();
        return new()
        {
            Id = batch.Id,
            Name = batch.Name,
            State = batch.State switch
            {
                BatchState.Paused => BatchPhase.Paused,
                BatchState.Cancelled => BatchPhase.Cancelled,
                BatchState.Done => BatchPhase.Done,
                _ => batch.Sealed ? BatchPhase.Running : BatchPhase.Reading,
            },
            Open = batch.Open,
            Reason = ErrorOf(batch.Code, batch.Message, batch.MessageZh, language)
                ?? ErrorOf(view.Failure?.Code, view.Failure?.Message, view.Failure?.MessageZh, language),
            Priority = batch.Priority,
            Created = DateTimeOffset.FromUnixTimeMilliseconds(batch.Created),
            Completed = batch is { State: BatchState.Done, Completed: { } completed }
                ? DateTimeOffset.FromUnixTimeMilliseconds(completed) : null,
            Items = batch.Items,
            Succeeded = progress.Succeeded,
            Failed = progress.Failed,
            Seconds = Math.Round(progress.Seconds, 3),
            Emotions = EmotionCountsResource.Of(progress.Emotions),
            ItemsPerSecond = view.ItemsPerSecond,
            TimesRealTime = view.TimesRealTime,
            SecondsLeft = view.Left?.TotalSeconds,
            Options = BatchOptionsResource.Of(BatchStore.OptionsOf(batch)),
            Columns = JsonSerializer.Deserialize(batch.Columns, BatchRowsContext.Readable.ListString)!,
            Sources = [.. view.Sources.Select(source => BatchSourceResource.Of(source, language))],
            Links = BatchLinks.Of(batch, progress, context),
        };
    }

    /// <summary>Returns an error in the language of a request; null without a code.</summary>
    internal static ErrorResource? ErrorOf(string? code, string? message, string? messageZh, string language) =>
        code is null ? null : new(code, ClientText.Hide((language == "zh" ? messageZh : message) ?? ""));
}
