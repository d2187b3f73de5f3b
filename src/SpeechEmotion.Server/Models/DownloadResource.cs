using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Server.Downloads;
using SpeechEmotion.Server.Errors;
using SpeechEmotion.Server.Recognitions;

namespace SpeechEmotion.Server.Models;

/// <summary>A download that goes on, or the last one of a model.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Hub">The hub; null before one has answered.</param>
/// <param name="Page">The model's page there, for people.</param>
/// <param name="Partial">Whether only the needed parts are downloaded.</param>
/// <param name="Fraction">Share of this state that is done, 0 to 1; null before anything has come.</param>
/// <param name="Done">Bytes that are here, those of earlier attempts included.</param>
/// <param name="Total">Bytes to download in all; null before a hub has answered.</param>
/// <param name="BytesPerSecond">Over the last seconds; null where nothing comes.</param>
/// <param name="SecondsLeft">At this rate; null where that is not known.</param>
/// <param name="Error">Why it failed; null where it has not.</param>
public sealed record DownloadResource(
    DownloadState State, [property: AllowedValues("modelscope", "huggingface")] string? Hub, string? Page, bool Partial, double? Fraction, long Done, long? Total, double? BytesPerSecond, double? SecondsLeft,
    ErrorResource? Error)
{
    internal static DownloadResource Of(ModelDownload download, string language)
    {
        var (state, offer, progress, error) = download.Current;
        var coming = state == DownloadState.Downloading;
        return new(
            state, offer?.Hub, offer?.Page, download.Partial, progress?.Fraction, progress?.Done ?? 0, progress?.Total,
            coming ? progress?.BytesPerSecond : null, coming ? progress?.Left?.TotalSeconds : null,
            error is null ? null : new(error.Code, error.TextIn(language)));
    }
}
