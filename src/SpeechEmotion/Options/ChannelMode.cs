namespace SpeechEmotion.Options;

/// <summary>What becomes of a recording's channels.</summary>
public enum ChannelMode
{
    /// <summary>Their average is heard.</summary>
    Mix,

    /// <summary>Each is heard by itself and has its own timeline; implies segments.</summary>
    Split,
}
