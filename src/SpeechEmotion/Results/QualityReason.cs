namespace SpeechEmotion.Results;

/// <summary>Why an answer may be weak.</summary>
public enum QualityReason
{
    /// <summary>The recording is practically silent.</summary>
    Silence,

    /// <summary>The recording contains no speech.</summary>
    NoSpeech,

    /// <summary>The channels cancel each other in their average; the model processed the loudest one instead.</summary>
    ChannelsCancel,

    /// <summary>Less than 60 % of a recording that was recognized with its silence is speech.</summary>
    MostlySilent,

    /// <summary>Less than half a second of sound.</summary>
    TooShort,

    /// <summary>The recording is overdriven: its peaks are clipped.</summary>
    Clipping,

    /// <summary>The sound is very quiet.</summary>
    LowLevel,

    /// <summary>Nothing above 4 kHz: telephone audio, or an 8 kHz recording.</summary>
    BandLimited,

    /// <summary>The model itself is uncertain.</summary>
    LowConfidence,

    /// <summary>A part of the recording is missing, or cannot be decoded; the answer covers the rest.</summary>
    Incomplete,
}
