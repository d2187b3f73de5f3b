namespace SpeechEmotion.Quantization;

/// <summary>Why an int8 model is not used automatically.</summary>
public enum Int8Fault
{
    /// <summary>There is no int8 form yet.</summary>
    Missing,

    /// <summary>It was created by another version of the program, or from other weights.</summary>
    Outdated,

    /// <summary>It was compared on another processor or with another engine.</summary>
    OtherMachine,

    /// <summary>The float32 model itself gives fewer than three labels over the clips, so agreement proves nothing.</summary>
    NotInformative,

    /// <summary>Too many labels differ.</summary>
    Labels,

    /// <summary>A score differs too much.</summary>
    Scores,

    /// <summary>An embedding differs too much in direction.</summary>
    Embeddings,
}
