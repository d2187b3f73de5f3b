namespace SpeechEmotion.Models;

/// <summary>The parts of an import, in order.</summary>
public enum ImportStage
{
    /// <summary>Reading the checkpoint once to know it again.</summary>
    Hashing,

    /// <summary>Carrying the weights into the graph.</summary>
    Converting,

    /// <summary>Reading back what was written.</summary>
    Checking,

    /// <summary>Rounding the weights to 8-bit integers.</summary>
    Rounding,

    /// <summary>Comparing the two precisions over the calibration clips.</summary>
    Certifying,

    /// <summary>The model is in the store.</summary>
    Done,
}
