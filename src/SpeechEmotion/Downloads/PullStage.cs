namespace SpeechEmotion.Downloads;

/// <summary>The parts of getting a model, in order.</summary>
public enum PullStage
{
    /// <summary>Files are coming.</summary>
    Downloading,

    /// <summary>They are compared with their hashes.</summary>
    Checking,

    /// <summary>The model is put into the store.</summary>
    Importing,

    /// <summary>The model can be used.</summary>
    Done,
}
