using System.Globalization;

namespace SpeechEmotion.Server.Exports.Rows;

/// <summary>What identifies a recording of the history.</summary>
/// <param name="Id">Identifier of the recognition, as used in URLs.</param>
/// <param name="Created">Time of the request.</param>
internal sealed record RowRecognition(string Id, DateTimeOffset Created)
{
    /// <summary>The time in UTC, for example <c>2024-01-04T14:30:05.120Z</c>: as text, later times follow earlier ones.</summary>
    public string CreatedText => Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
