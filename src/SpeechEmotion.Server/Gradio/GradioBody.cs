using System.Text.Json;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Gradio;

/// <summary>The JSON of a request. Its base64 recordings are stored on the disk and replaced with references.</summary>
/// <param name="Json">The JSON without the recordings.</param>
/// <param name="Recordings">The recordings, in the order of their references.</param>
internal sealed record GradioBody(JsonElement Json, IReadOnlyList<UploadedRecording> Recordings)
{
    /// <summary>The prefix of a reference; its number follows.</summary>
    public const string Reference = "data:#";

    /// <summary>Returns the recording that a text refers to; null if it refers to none.</summary>
    public UploadedRecording? Referred(string text) =>
        text.StartsWith(Reference, StringComparison.Ordinal) && int.TryParse(text.AsSpan(Reference.Length), out var index)
            && index >= 0 && index < Recordings.Count
            ? Recordings[index]
            : null;

    /// <summary>Returns the text of a member; null if it is missing or not a text.</summary>
    public string? Text(string name) =>
        Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>Removes all recordings except one that has another owner now.</summary>
    public void Release(UploadedRecording? except = null)
    {
        foreach (var recording in Recordings.Where(recording => recording != except))
            recording.Release();
    }
}
