namespace SpeechEmotion.Downloads;

/// <summary>The stages of a model's download and import, in order.</summary>
public enum PullStage
{
    /// <summary>Files are being downloaded.</summary>
    Downloading,

    /// <summary>The files are compared with their hashes.</summary>
    Checking,

    /// <summary>The model is imported into the store.</summary>
    Importing,

    /// <summary>The model is ready for use.</summary>
    Done,
}
