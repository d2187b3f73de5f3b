namespace SpeechEmotion.Quantization;

/// <summary>Why an int8 model is not used by itself.</summary>
public enum Int8Fault
{
    /// <summary>There is none yet.</summary>
    Missing,

    /// <summary>It was made by another version of the program, or of other weights.</summary>
    Outdated,

    /// <summary>It was compared on another processor or with another engine.</summary>
    OtherMachine,

    /// <summary>The float32 model itself gives fewer than three labels over the clips, so agreement says nothing.</summary>
    NotInformative,

    /// <summary>Too many labels differ.</summary>
    Labels,

    /// <summary>A score differs too much.</summary>
    Scores,

    /// <summary>An embedding points elsewhere.</summary>
    Embeddings,
}
