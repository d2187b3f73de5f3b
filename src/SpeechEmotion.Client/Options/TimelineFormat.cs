namespace SpeechEmotion.Client.Options;

/// <summary>The file formats of a timeline.</summary>
public enum TimelineFormat
{
    /// <summary>JSON, as <see cref="Results.Timeline"/> has it.</summary>
    Json,

    /// <summary>A table with a row for each segment.</summary>
    Csv,

    /// <summary>SubRip subtitles.</summary>
    Srt,

    /// <summary>WebVTT subtitles.</summary>
    Vtt,

    /// <summary>A Praat TextGrid.</summary>
    TextGrid,

    /// <summary>Labels of Audacity.</summary>
    Audacity,
}
