namespace SpeechEmotion.Server.Models;

/// <summary>The state of a download.</summary>
public enum DownloadState
{
    /// <summary>The hub is being asked, or files are being downloaded.</summary>
    Downloading,

    /// <summary>The downloaded files are compared with their hashes.</summary>
    Checking,

    /// <summary>The model is imported into the store.</summary>
    Importing,

    /// <summary>The model is ready for use.</summary>
    Done,

    /// <summary>The download failed; the downloaded data stays for the next attempt.</summary>
    Failed,

    /// <summary>The download was cancelled; the downloaded data stays for the next attempt.</summary>
    Cancelled,
}
