using System.Text.Json;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Gradio;

/// <summary>A request's JSON. Recordings that it carried as base64 lie on the disk; in their place stands a reference.</summary>
/// <param name="Json">The JSON without the recordings.</param>
/// <param name="Recordings">The recordings, in the order of their references.</param>
internal sealed record GradioBody(JsonElement Json, IReadOnlyList<UploadedRecording> Recordings)
{
    /// <summary>How a reference begins; its number follows.</summary>
    public const string Reference = "data:#";

    /// <summary>The recording that a text refers to; null where it refers to none.</summary>
    public UploadedRecording? Referred(string text) =>
        text.StartsWith(Reference, StringComparison.Ordinal) && int.TryParse(text.AsSpan(Reference.Length), out var index)
            && index >= 0 && index < Recordings.Count
            ? Recordings[index]
            : null;

    /// <summary>The text of a member; null where it is missing or no text.</summary>
    public string? Text(string name) =>
        Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>Removes all recordings but the one that somebody else owns now.</summary>
    public void Release(UploadedRecording? except = null)
    {
        foreach (var recording in Recordings.Where(recording => recording != except))
            recording.Release();
    }
}
