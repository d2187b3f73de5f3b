using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using SpeechEmotion.Audio.Raw;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Live;

/// <summary>The first message from a client, which describes the samples that follow.</summary>
internal sealed record LiveStreamRequest
{
    /// <summary>Sample rate in Hz, 4000 to 384000. Required.</summary>
    [Required]
    public double? SampleRate { get; init; }

    /// <summary>Number of channels, interleaved, 1 to 8; default 1.</summary>
    public double? Channels { get; init; }

    /// <summary>Encoding of the samples; default <c>pcm_s16le</c>.</summary>
    [AllowedValues("pcm_s16le", "f32le")]
    public string? Encoding { get; init; }

    /// <summary>Seconds from one partial result to the next, 0.25 to 5; default 1.</summary>
    public double? Hop { get; init; }

    /// <summary>Seconds of audio that a partial result covers, 1 to 10; default 3.</summary>
    public double? Window { get; init; }

    /// <summary>Name of a model on the server; null for the active one.</summary>
    public string? Model { get; init; }

    /// <summary>Language of the texts for people; default the language of Accept-Language.</summary>
    [AllowedValues("zh", "en")]
    public string? Language { get; init; }

    /// <exception cref="RequestException"><c>live.invalid</c>.</exception>
    public static LiveStreamRequest Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return Of(document.RootElement);
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException)
        {
            // Thrown below. Text that is not valid UTF-8 is an InvalidOperationException.
        }
        throw LiveErrors.Invalid(
            "The first message must be a JSON object with sample_rate and, optionally, channels, encoding, hop, window, model and "
                + "language.",
            "首条消息应为 JSON 对象，包含 sample_rate，以及可选的 channels、encoding、hop、window、model、language。");
    }

    /// <exception cref="RequestException"><c>live.invalid</c>.</exception>
    public LiveFormat ToFormat() => new(
        Whole("sample_rate", SampleRate ?? throw LiveErrors.Invalid("sample_rate is missing.", "缺少 sample_rate。"), 4000, 384_000),
        Whole("channels", Channels ?? 1, 1, 8),
        Encoding is null
            ? RawEncoding.Integers
            : RawEncoding.FromKey(Encoding) ?? throw NotOneOf("encoding", Encoding, RawEncoding.Integers.Key, RawEncoding.Floats.Key),
        TimeSpan.FromSeconds(Within("hop", Hop ?? 1, 0.25, 5)),
        TimeSpan.FromSeconds(Within("window", Window ?? 3, 1, 10)));

    /// <summary>Returns <c>zh</c> or <c>en</c>; null if the message names no language.</summary>
    /// <exception cref="RequestException"><c>live.invalid</c>.</exception>
    public string? ToLanguage() => Language is null or "zh" or "en" ? Language : throw NotOneOf("language", Language, "zh", "en");

    private static LiveStreamRequest Of(JsonElement message) => new()
    {
        SampleRate = Number(message, "sample_rate"),
        Channels = Number(message, "channels"),
        Encoding = Text(message, "encoding"),
        Hop = Number(message, "hop"),
        Window = Number(message, "window"),
        Model = Text(message, "model"),
        Language = Text(message, "language"),
    };

    private static double? Number(JsonElement message, string name)
    {
        if (!message.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        // A number beyond the largest double becomes infinite, so it is out of every range.
        return value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw LiveErrors.Invalid(
            $"{name} must be a number without quotes and with a decimal point, not {RequestErrors.Shown(value.GetRawText())}.",
            $"{name} 应为数字，不加引号，小数点写作“.”，不能是 {RequestErrors.Shown(value.GetRawText())}。");
    }

    private static string? Text(JsonElement message, string name)
    {
        if (!message.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw LiveErrors.Invalid(
            $"{name} must be a text in quotes, not {RequestErrors.Shown(value.GetRawText())}.",
            $"{name} 应为带引号的文本，不能是 {RequestErrors.Shown(value.GetRawText())}。");
    }

    private static int Whole(string name, double value, double least, double most) =>
        NumberText.Whole(Within(name, value, least, most)) ?? throw OutOfRange(name, value, least, most, whole: true);

    private static double Within(string name, double value, double least, double most) =>
        value >= least && value <= most ? value : throw OutOfRange(name, value, least, most);

    private static RequestException OutOfRange(string name, double value, double least, double most, bool whole = false)
    {
        var (message, messageZh) = NumberText.Refusal(name, value.ToString(CultureInfo.InvariantCulture), least, most, whole);
        return LiveErrors.Invalid(message, messageZh);
    }

    private static RequestException NotOneOf(string name, string value, string one, string other) => LiveErrors.Invalid(
        $"{name} is {one} or {other}, not {RequestErrors.Shown(value)}.", $"{name} 只能是 {one} 或 {other}，不能是 {RequestErrors.Shown(value)}。");
}
