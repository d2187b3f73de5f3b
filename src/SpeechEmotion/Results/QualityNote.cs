namespace SpeechEmotion.Results;

/// <summary>A reason why an answer may be weak, with the measured value.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Value">The measured value, in the unit that the texts name.</param>
/// <param name="Text">The text for people, in English.</param>
/// <param name="TextZh">The text for people, in Chinese.</param>
public sealed record QualityNote(QualityReason Reason, double Value, string Text, string TextZh)
{
    /// <summary>The reason's key in files and programs, for example <c>too_short</c>.</summary>
    public string Key => Reason switch
    {
        QualityReason.Silence => "silence",
        QualityReason.NoSpeech => "no_speech",
        QualityReason.ChannelsCancel => "channels_cancel",
        QualityReason.MostlySilent => "mostly_silent",
        QualityReason.TooShort => "too_short",
        QualityReason.Clipping => "clipping",
        QualityReason.LowLevel => "low_level",
        QualityReason.BandLimited => "band_limited",
        QualityReason.LowConfidence => "low_confidence",
        QualityReason.Incomplete => "incomplete",
        _ => throw new InvalidOperationException($"No key for {Reason}."),
    };

    /// <summary>The text in the requested language.</summary>
    public string TextIn(string language) =>
        language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? TextZh : Text;
}
