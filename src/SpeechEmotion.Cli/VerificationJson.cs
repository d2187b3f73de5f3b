using System.Text.Encodings.Web;
using System.Text.Json;
using SpeechEmotion.Verification;

namespace SpeechEmotion.Cli;

/// <summary>A verification as one line of JSON.</summary>
internal static class VerificationJson
{
    public static void WriteLine(Stream output, string folder, VerificationReport report, string language)
    {
        using (var json = new Utf8JsonWriter(output, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("folder", folder);
            json.WriteBoolean("verified", report.Verified);
            json.WriteStartArray("checks");
            foreach (var check in report.Checks)
                Write(json, check, language);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, VerificationCheck check, string language)
    {
        json.WriteStartObject();
        json.WriteString("check", check.Key);
        json.WriteString("outcome", check.Outcome switch
        {
            CheckOutcome.Passed => "passed",
            CheckOutcome.Failed => "failed",
            _ => "skipped",
        });
        if (check is { Difference: { } difference, Limit: { } limit })
        {
            json.WriteNumber("difference", difference);
            json.WriteNumber("limit", limit);
        }
        json.WriteString("text", check.TextIn(language));
        json.WriteEndObject();
    }
}
