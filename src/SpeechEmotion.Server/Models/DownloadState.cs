namespace SpeechEmotion.Server.Models;

/// <summary>How far a download is.</summary>
public enum DownloadState
{
    /// <summary>The hub is asked, or files are coming.</summary>
    Downloading,

    /// <summary>What came is compared with its hashes.</summary>
    Checking,

    /// <summary>The model is put into the store.</summary>
    Importing,

    /// <summary>The model can be used.</summary>
    Done,

    /// <summary>It came to nothing; what came stays for the next attempt.</summary>
    Failed,

    /// <summary>It was taken back; what came stays for the next attempt.</summary>
    Cancelled,
}
