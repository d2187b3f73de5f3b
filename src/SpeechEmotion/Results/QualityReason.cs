namespace SpeechEmotion.Results;

/// <summary>Why an answer may be weak.</summary>
public enum QualityReason
{
    /// <summary>There is no sound to speak of.</summary>
    Silence,

    /// <summary>Nobody speaks.</summary>
    NoSpeech,

    /// <summary>The channels cancel each other in their average; the loudest was processed instead.</summary>
    ChannelsCancel,

    /// <summary>Less than 60 % of a recording that was recognized with its silence is speech.</summary>
    MostlySilent,

    /// <summary>Less than half a second of sound.</summary>
    TooShort,

    /// <summary>The recording is overdriven: its peaks are cut flat.</summary>
    Clipping,

    /// <summary>The sound is very quiet.</summary>
    LowLevel,

    /// <summary>Nothing above 4 kHz: telephone audio, or an 8 kHz recording.</summary>
    BandLimited,

    /// <summary>The model itself is not sure.</summary>
    LowConfidence,

    /// <summary>A part of the recording is missing, or cannot be decoded; the answer is about the rest.</summary>
    Incomplete,
}
