using SpeechEmotion.Downloads;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Models;

/// <summary>A download at one moment.</summary>
/// <param name="State">The state.</param>
/// <param name="Offer">The hub's offer; null before a hub has answered.</param>
/// <param name="Progress">The progress; null before the first bytes are received.</param>
/// <param name="Error">The reason why the download failed; null if it has not failed.</param>
public sealed record DownloadSnapshot(
    DownloadState State, ModelOffer? Offer = null, PullProgress? Progress = null, SpeechEmotionException? Error = null)
{
    /// <summary>Whether the download is running.</summary>
    public bool IsRunning => State is DownloadState.Downloading or DownloadState.Checking or DownloadState.Importing;
}
