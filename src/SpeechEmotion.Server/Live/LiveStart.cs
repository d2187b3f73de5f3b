using System.Text.Json;
using SpeechEmotion.Audio;
using SpeechEmotion.Server.Errors;

namespace SpeechEmotion.Server.Live;

/// <summary>A client's first message, as it stands.</summary>
internal sealed record LiveStart
{
    public int? SampleRate { get; init; }

    public int? Channels { get; init; }

    public string? Encoding { get; init; }

    public double? Hop { get; init; }

    public double? Window { get; init; }

    public string? Model { get; init; }

    public string? Language { get; init; }

    /// <exception cref="RequestException"><c>live.invalid</c>.</exception>
    public static LiveStart Read(ReadOnlySpan<byte> message)
    {
        try
        {
            return JsonSerializer.Deserialize(message, LiveJsonContext.Default.LiveStart) ?? throw new JsonException("It is null.");
        }
        catch (JsonException bad)
        {
            throw LiveErrors.Invalid(
                $"The first message is a JSON object with sample_rate and, where they differ from the defaults, channels, encoding, hop, window, model and language: {RequestErrors.Shown(bad.Message)}",
                "首条消息应为 JSON 对象，包含 sample_rate，以及可选的 channels、encoding、hop、window、model、language。");
        }
    }

    /// <exception cref="RequestException"><c>live.invalid</c>.</exception>
    public LiveFormat ToFormat() => new(
        (int)Within("sample_rate", SampleRate ?? throw LiveErrors.Invalid("sample_rate is missing.", "缺少 sample_rate。"), 4000, 384_000),
        (int)Within("channels", Channels ?? 1, 1, 8),
        Encoding is null ? RawEncoding.Integers : RawEncoding.FromKey(Encoding) ?? throw NotOneOf("encoding", Encoding, RawEncoding.Integers.Key, RawEncoding.Floats.Key),
        TimeSpan.FromSeconds(Within("hop", Hop ?? 1, 0.25, 5)),
        TimeSpan.FromSeconds(Within("window", Window ?? 3, 1, 10)));

    /// <summary><c>zh</c> or <c>en</c>; null where none is asked for.</summary>
    /// <exception cref="RequestException"><c>live.invalid</c>.</exception>
    public string? ToLanguage() => Language is null or "zh" or "en" ? Language : throw NotOneOf("language", Language, "zh", "en");

    // A comparison with NaN is false, and JSON has none anyway.
    private static double Within(string name, double value, double least, double most) => value >= least && value <= most ? value
        : throw LiveErrors.Invalid(FormattableString.Invariant($"{name} is {least} to {most}, not {value}."), FormattableString.Invariant($"{name} 应为 {least} 到 {most}，而不是 {value}。"));

    private static RequestException NotOneOf(string name, string value, string one, string other) => LiveErrors.Invalid(
        $"{name} is {one} or {other}, not {RequestErrors.Shown(value)}.", $"{name} 只能是 {one} 或 {other}，不能是 {RequestErrors.Shown(value)}。");
}
