namespace SpeechEmotion.Outputs.Timelines;

/// <summary>The formats in which a timeline can be written.</summary>
public enum TimelineFormat
{
    /// <summary>The object that <c>result.json</c> carries as <c>timeline</c>.</summary>
    Json,

    /// <summary>A row a segment, for spreadsheets and programs (RFC 4180).</summary>
    Csv,

    /// <summary>SubRip subtitles.</summary>
    Srt,

    /// <summary>Subtitles of the web.</summary>
    WebVtt,

    /// <summary>Praat's, a tier a channel.</summary>
    TextGrid,

    /// <summary>A label track of Audacity.</summary>
    Audacity,
}
