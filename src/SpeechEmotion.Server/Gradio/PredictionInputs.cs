using System.Text.Json;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Gradio;

/// <summary>
/// The inputs of a call. Its audio is exactly one of a recording on the disk, a path that the server returned, and a URL.
/// </summary>
/// <param name="Recording">The recording that the call itself contains.</param>
/// <param name="Path">The path of an earlier upload or of a result.</param>
/// <param name="Url">The URL to fetch.</param>
/// <param name="Name">The sender's name for the recording; null if it gives none.</param>
/// <param name="Granularity">One result, or also one for every 20 ms.</param>
/// <param name="Embedding">Whether to return the embedding too.</param>
internal sealed record PredictionInputs(
    UploadedRecording? Recording, string? Path, Uri? Url, string? Name, Granularity Granularity, bool Embedding)
{
    /// <summary>Reads the list of values that clients send; values missing at its end have their defaults.</summary>
    /// <exception cref="RequestException">A value is invalid.</exception>
    public static PredictionInputs Read(JsonElement data, GradioBody body)
    {
        var audio = At(data, 0);
        if (audio.ValueKind == JsonValueKind.Array && audio.GetArrayLength() == 1)
            audio = audio[0];
        return ReadAudio(audio, body) with { Granularity = ReadGranularity(At(data, 1)), Embedding = ReadFlag(At(data, 2)) };
    }

    private static JsonElement At(JsonElement data, int index) => index < data.GetArrayLength() ? data[index] : default;

    private static PredictionInputs ReadAudio(JsonElement audio, GradioBody body)
    {
        var (text, name) = audio.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => throw GradioErrors.NoAudio(),
            JsonValueKind.String => (audio.GetString()!, null),
            // 3.x clients send the content as `data`, or the name of an upload; newer clients send a path, or only a URL.
            JsonValueKind.Object => (
                Text(audio, "data") ?? Text(audio, "path") ?? Text(audio, "name") ?? Text(audio, "url")
                    ?? throw GradioErrors.BadAudioValue(),
                Text(audio, "orig_name") ?? (Text(audio, "data") is null ? null : Text(audio, "name"))),
            _ => throw GradioErrors.BadAudioValue(),
        };
        var inputs = new PredictionInputs(null, null, null, name, Granularity.Utterance, false);
        if (body.Referred(text) is { } recording)
            return inputs with { Recording = recording };
        if (text.StartsWith("data:", StringComparison.Ordinal))
            throw GradioErrors.BadAudioValue();
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? inputs with { Url = url }
            : inputs with { Path = text };
    }

    private static Granularity ReadGranularity(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => Granularity.Utterance,
        JsonValueKind.String when value.ValueEquals("utterance") => Granularity.Utterance,
        JsonValueKind.String when value.ValueEquals("frame") => Granularity.Frame,
        _ => throw GradioErrors.NotAChoice(value.ToString()),
    };

    private static bool ReadFlag(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => throw GradioErrors.NotAFlag(value.ToString()),
    };

    private static string? Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
        && member.GetString() is { Length: > 0 } text
            ? text
            : null;
}
