using SpeechEmotion.Downloads;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Models;

/// <summary>How a download stands at one moment.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Offer">What the hub said; null before it has.</param>
/// <param name="Progress">How far that has come; null before anything has.</param>
/// <param name="Error">Why it failed; null where it has not.</param>
public sealed record DownloadSnapshot(DownloadState State, ModelOffer? Offer = null, PullProgress? Progress = null, SpeechEmotionException? Error = null)
{
    /// <summary>Whether it goes on.</summary>
    public bool IsRunning => State is DownloadState.Downloading or DownloadState.Checking or DownloadState.Importing;
}
