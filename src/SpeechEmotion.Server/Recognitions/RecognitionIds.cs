using System.Globalization;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>The identifiers by which a request chooses recognitions.</summary>
internal static class RecognitionIds
{
    /// <summary>Most identifiers of a request.</summary>
    public const int Most = 1000;

    /// <summary>Returns the identifiers, each once.</summary>
    /// <exception cref="RequestException"><c>request.invalid</c>: there are none, or too many.</exception>
    public static string[] Of(IEnumerable<string> ids)
    {
        string[] distinct = [.. ids.Where(id => !string.IsNullOrWhiteSpace(id)).Distinct(StringComparer.Ordinal).Take(Most + 1)];
        return distinct.Length is > 0 and <= Most ? distinct : throw RequestErrors.Invalid(
            string.Create(CultureInfo.InvariantCulture, $"ids must have 1 to {Most} identifiers. Send more of them in several requests."),
            string.Create(CultureInfo.InvariantCulture, $"ids 应有 1 到 {Most} 个编号，更多的请分几次请求。"));
    }
}
