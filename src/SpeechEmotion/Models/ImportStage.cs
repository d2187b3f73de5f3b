namespace SpeechEmotion.Models;

/// <summary>The stages of an import, in order.</summary>
public enum ImportStage
{
    /// <summary>Reading the checkpoint once to compute its hashes.</summary>
    Hashing,

    /// <summary>Writing the weights to the graph.</summary>
    Converting,

    /// <summary>Reading back the written files.</summary>
    Checking,

    /// <summary>Quantizing the weights to 8-bit integers.</summary>
    Rounding,

    /// <summary>Comparing the two precisions on the calibration clips.</summary>
    Certifying,

    /// <summary>The model is in the store.</summary>
    Done,
}
