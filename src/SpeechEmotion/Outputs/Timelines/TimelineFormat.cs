namespace SpeechEmotion.Outputs.Timelines;

/// <summary>The formats in which a timeline can be written.</summary>
public enum TimelineFormat
{
    /// <summary>The object that <c>result.json</c> contains as <c>timeline</c>.</summary>
    Json,

    /// <summary>One row per segment, for spreadsheets and programs (RFC 4180).</summary>
    Csv,

    /// <summary>SubRip subtitles.</summary>
    Srt,

    /// <summary>WebVTT subtitles.</summary>
    WebVtt,

    /// <summary>A TextGrid of Praat, with one tier per channel.</summary>
    TextGrid,

    /// <summary>A label track of Audacity.</summary>
    Audacity,
}
