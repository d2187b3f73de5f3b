using System.Globalization;

namespace SpeechEmotion.Bench;

/// <summary>The counts of correct and wrong parts of a timeline, in steps of 20 ms and in changes of emotion.</summary>
internal sealed record TimelineScore
{
    public double Seconds { get; init; }

    public int Speech { get; init; }

    public int Missed { get; init; }

    public int Right { get; init; }

    public int RightOfSpeech { get; init; }

    public int Same { get; init; }

    public int Found { get; init; }

    public int False { get; init; }

    public int Real { get; init; }

    public int Detected { get; init; }

    public int Hit { get; init; }

    public int Switches { get; init; }

    public int SwitchesWithout { get; init; }

    public static TimelineScore operator +(TimelineScore a, TimelineScore b) => new()
    {
        Seconds = a.Seconds + b.Seconds,
        Speech = a.Speech + b.Speech,
        Missed = a.Missed + b.Missed,
        Right = a.Right + b.Right,
        RightOfSpeech = a.RightOfSpeech + b.RightOfSpeech,
        Same = a.Same + b.Same,
        Found = a.Found + b.Found,
        False = a.False + b.False,
        Real = a.Real + b.Real,
        Detected = a.Detected + b.Detected,
        Hit = a.Hit + b.Hit,
        Switches = a.Switches + b.Switches,
        SwitchesWithout = a.SwitchesWithout + b.SwitchesWithout,
    };

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Seconds / 60:F0} min: missed {Share(Missed, Speech)}, false speech {Share(False, Found)}, "
        + $"label as the clip alone {Share(Right, Speech)}, as its speech alone {Share(RightOfSpeech, Speech)} "
        + $"(these two agree on {Share(Same, Speech)}), changes: precision {Share(Hit, Detected)}, recall {Share(Hit, Real)} of {Real}, "
        + $"switches per minute {Switches / Seconds * 60:F1} (each chunk by itself {SwitchesWithout / Seconds * 60:F1})");

    private static string Share(int part, int whole) =>
        string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / Math.Max(1, whole):F1} %");
}
