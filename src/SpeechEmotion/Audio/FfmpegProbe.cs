using System.Globalization;
using System.Text.Json;

namespace SpeechEmotion.Audio;

/// <summary>Asks ffprobe what the first sound track of a recording is.</summary>
internal static class FfmpegProbe
{
    private const int MaxAnswerBytes = 1 << 16;

    /// <summary>Options that both programs share: one container, local bytes only, bounded memory.</summary>
    public static IEnumerable<string> InputOptions(AudioContainer container) =>
        ["-v", "error", "-max_alloc", "268435456", "-protocol_whitelist", "file,pipe", "-f", container.Demuxer];

    /// <summary>Reads rate, channels, codec and, where the container's header tells it, duration.</summary>
    /// <exception cref="Errors.AudioException">The file is damaged or has no sound.</exception>
    public static AudioFormat Read(string ffprobe, AudioSource source, AudioContainer container, CancellationToken ct)
    {
        string[] question =
        [
            .. InputOptions(container), "-select_streams", "a:0",
            "-show_entries", "program_version=version:stream=codec_name,sample_rate,channels,duration:format=duration", "-of", "json", "file:" + source.Path,
        ];
        using var process = new DecoderProcess(ffprobe, question, source, ct);
        var answer = new byte[MaxAnswerBytes];
        var length = process.Read(answer);
        if (length == answer.Length)
            throw AudioErrors.Damaged(source.Name, "its header is absurdly long", "文件头异常地长");
        var (status, error) = process.Finish();
        if (status != 0)
            throw error.Length > 0
                ? AudioErrors.Refused(source.Name, "ffprobe", error)
                : AudioErrors.DecoderDied(source.Name, "ffprobe", status);
        try
        {
            return Parse(answer.AsMemory(0, length), source.Name, container);
        }
        catch (JsonException e)
        {
            throw AudioErrors.Damaged(source.Name, "ffprobe's answer cannot be read", "无法读懂 ffprobe 的回答", e);
        }
    }

    private static AudioFormat Parse(ReadOnlyMemory<byte> answer, string name, AudioContainer container)
    {
        using var json = JsonDocument.Parse(answer);
        if (!json.RootElement.TryGetProperty("streams", out var streams) || streams.GetArrayLength() == 0)
            throw AudioErrors.NoAudioTrack(name);
        var stream = streams[0];
        var rate = (int)Number(stream, "sample_rate").GetValueOrDefault();
        var channels = (int)Number(stream, "channels").GetValueOrDefault();
        if (rate < 1 || channels < 1)
            throw AudioErrors.Damaged(name, "its header names no sample rate or no channels", "文件头没有采样率或声道数");
        var seconds = Number(stream, "duration");
        if (seconds is null && json.RootElement.TryGetProperty("format", out var format))
            seconds = Number(format, "duration");
        var codec = stream.TryGetProperty("codec_name", out var codecName) ? codecName.GetString() : null;
        var version = json.RootElement.TryGetProperty("program_version", out var program) && program.TryGetProperty("version", out var text) ? text.GetString() : null;
        return new(container.Name, codec ?? "unknown", rate, channels, container.TellsDuration ? Duration(seconds) : null, "ffmpeg")
        {
            DecoderVersion = version,
        };
    }

    private static TimeSpan? Duration(double? seconds) =>
        seconds is > 0 && seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds.Value) : null;

    // ffprobe writes some numbers as numbers and some as strings.
    private static double? Number(JsonElement parent, string property)
    {
        if (!parent.TryGetProperty(property, out var value))
            return null;
        return double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
