using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>The filters of the recognition list. A filter that is null or missing matches all recognitions.</summary>
/// <param name="Emotion">Only results with this emotion.</param>
/// <param name="State">Only recognitions in this state.</param>
/// <param name="From">Only recognitions created at or after this time; UTC if it has no offset.</param>
/// <param name="To">Only recognitions created at or before this time; UTC if it has no offset.</param>
/// <param name="MinConfidence">Only results with at least this confidence, 0 to 1.</param>
/// <param name="MaxConfidence">Only results with at most this confidence, 0 to 1.</param>
/// <param name="Name">Only recordings whose file name contains this text.</param>
// A filter with a misspelled name must not match all recognitions.
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record FilterRequest(
    string? Emotion = null, string? State = null, string? From = null, string? To = null, double? MinConfidence = null,
    double? MaxConfidence = null, string? Name = null)
{
    internal RecognitionFilter ToFilter() => new()
    {
        Emotion = Emotion,
        State = State,
        From = From,
        To = To,
        MinConfidence = Text(MinConfidence),
        MaxConfidence = Text(MaxConfidence),
        Name = Name,
    };

    private static string? Text(double? number) => number?.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
