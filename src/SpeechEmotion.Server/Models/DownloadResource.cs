using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Models;

/// <summary>The running or the last download of a model.</summary>
/// <param name="State">State of the download.</param>
/// <param name="Hub">The hub; null before a hub has answered.</param>
/// <param name="Page">The model's page on the hub, for people; null before a hub has answered.</param>
/// <param name="Partial">Whether only the needed parts are downloaded.</param>
/// <param name="Fraction">Finished share of the current state, 0 to 1; null before the first bytes are received.</param>
/// <param name="Done">Bytes downloaded, including those of earlier attempts.</param>
/// <param name="Total">Bytes to download in all; null before a hub has answered.</param>
/// <param name="BytesPerSecond">Rate over the last seconds; null while no data arrives.</param>
/// <param name="SecondsLeft">Remaining seconds at this rate; null if unknown.</param>
/// <param name="Error">The reason why the download failed; null if it has not failed.</param>
public sealed record DownloadResource(
    DownloadState State, [property: AllowedValues("modelscope", "huggingface")] string? Hub, string? Page, bool Partial,
    double? Fraction, long Done, long? Total, double? BytesPerSecond, double? SecondsLeft, ErrorResource? Error)
{
    internal static DownloadResource Of(ModelDownload download, string language)
    {
        var (state, offer, progress, error) = download.Current;
        var downloading = state == DownloadState.Downloading;
        return new(
            state, offer?.Hub, offer?.Page, download.Partial, progress?.Fraction, progress?.Done ?? 0, progress?.Total,
            downloading ? progress?.BytesPerSecond : null, downloading ? progress?.Left?.TotalSeconds : null,
            error is null ? null : new(error.Code, error.TextIn(language)));
    }
}
