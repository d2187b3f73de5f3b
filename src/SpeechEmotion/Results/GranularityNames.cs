namespace SpeechEmotion.Results;

/// <summary>The names of a granularity in files and programs.</summary>
public static class GranularityNames
{
    /// <summary><c>utterance</c> or <c>frame</c>.</summary>
    public static string Key(this Granularity granularity) => granularity == Granularity.Frame ? "frame" : "utterance";

    /// <summary>Finds the granularity of a key; null if it names none.</summary>
    public static Granularity? FromKey(string key) => key.ToLowerInvariant() switch
    {
        "utterance" => Granularity.Utterance,
        "frame" => Granularity.Frame,
        _ => null,
    };
}
