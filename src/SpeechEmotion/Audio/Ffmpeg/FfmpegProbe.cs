using System.Globalization;
using System.Text.Json;
using SpeechEmotion.Audio.Sniffing;

namespace SpeechEmotion.Audio.Ffmpeg;

/// <summary>Reads the properties of a recording's first audio track with ffprobe.</summary>
internal static class FfmpegProbe
{
    private const int MaxAnswerBytes = 1 << 16;

    /// <summary>The lowest reliable score: below it, ffprobe matches a format by chance.</summary>
    private const double LeastScore = 26;

    /// <summary>
    /// The formats that ffprobe may detect by itself: files that contain their audio. Playlists, stream descriptions, image sequences
    /// and subtitles are excluded because they refer to other files.
    /// </summary>
    private const string Formats =
        "aac,ac3,adx,aiff,amr,amrnb,amrwb,ape,asf,ast,au,avi,avr,caf,dsf,dts,dtshd,dv,eac3,flac,flv,gxf,iff,ircam,loas,matroska,"
        + "webm,mlp,mmf,mov,mp4,m4a,3gp,3g2,mj2,mp3,mpc,mpc8,mpeg,mpegts,mxf,nistsphere,nut,ogg,oma,pvf,qcp,rm,shn,sox,spdif,swf,"
        + "tak,truehd,tta,voc,w64,wav,wtv,wv,xa,xwma";

    /// <summary>The options that both programs share: one container, local bytes only, bounded memory.</summary>
    public static IEnumerable<string> InputOptions(AudioInput source, AudioContainer container) =>
        [.. Bounds, "-f", container.Demuxer, .. Skip(source, container)];

    private static string[] Bounds { get; } = ["-v", "error", "-max_alloc", "268435456", "-protocol_whitelist", "file,pipe"];

    /// <summary>Skips leading bytes, except in MP4: ffmpeg skips ID3 tags itself, and offsets in MP4 count from the file's start.</summary>
    private static string[] Skip(AudioInput source, AudioContainer container) => source.Start > 0 && container != AudioContainer.Mp4
        ? ["-skip_initial_bytes", source.Start.ToString(CultureInfo.InvariantCulture)]
        : [];

    /// <summary>Detects the format of a file that nothing else recognizes; null if ffprobe does not recognize it either.</summary>
    public static AudioContainer? Identify(string ffprobe, AudioInput source, CancellationToken ct)
    {
        string[] question =
        [
            .. Bounds, "-format_whitelist", Formats, "-show_entries", "format=format_name,probe_score", "-of", "json",
            "file:" + source.Path,
        ];
        using var process = new DecoderProcess(ffprobe, question, source, ct);
        var answer = new byte[MaxAnswerBytes];
        var length = process.Read(answer);
        if (length == answer.Length || process.Finish().Status != 0)
            return null;
        try
        {
            using var json = JsonDocument.Parse(answer.AsMemory(0, length));
            if (!json.RootElement.TryGetProperty("format", out var format) || !format.TryGetProperty("format_name", out var names))
                return null;
            var demuxer = names.GetString()!.Split(',')[0];
            return Number(format, "probe_score") >= LeastScore ? new(demuxer.ToUpperInvariant(), demuxer, TellsDuration: true) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads rate, channels, codec and, if the container's header states it, duration.</summary>
    /// <returns>The format, and the time in seconds from the start of the container to the start of its audio.</returns>
    /// <exception cref="Errors.AudioException">The file is damaged or has no sound.</exception>
    public static (AudioFormat Format, double Start) Read(string ffprobe, AudioInput source, AudioContainer container, CancellationToken ct)
    {
        string[] question =
        [
            .. InputOptions(source, container), "-select_streams", "a:0",
            "-show_entries",
            "program_version=version:stream=codec_name,sample_rate,channels,duration,start_time:format=duration,start_time",
            "-of", "json", "file:" + source.Path,
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
            throw AudioErrors.Damaged(source.Name, "the output of ffprobe cannot be parsed", "无法解析 ffprobe 的输出", e);
        }
    }

    private static (AudioFormat Format, double Start) Parse(ReadOnlyMemory<byte> answer, string name, AudioContainer container)
    {
        using var json = JsonDocument.Parse(answer);
        if (!json.RootElement.TryGetProperty("streams", out var streams) || streams.GetArrayLength() == 0)
            throw AudioErrors.NoAudioTrack(name);
        var stream = streams[0];
        var rate = (int)Number(stream, "sample_rate").GetValueOrDefault();
        var channels = (int)Number(stream, "channels").GetValueOrDefault();
        if (rate < 1 || channels < 1)
            throw AudioErrors.Damaged(name, "its header declares no sample rate or no channels", "文件头没有采样率或声道数");
        json.RootElement.TryGetProperty("format", out var whole);
        var seconds = Number(stream, "duration") ?? Number(whole, "duration");
        var start = container.Timed ? Math.Max(0, Number(stream, "start_time") - Number(whole, "start_time") ?? 0) : 0;
        if (start > TimedSamples.ShortestSilence.TotalSeconds)
            seconds = WithStart(seconds, start, Number(stream, "duration") is not null);
        var codec = stream.TryGetProperty("codec_name", out var codecName) ? codecName.GetString() : null;
        var version = json.RootElement.TryGetProperty("program_version", out var program)
            && program.TryGetProperty("version", out var text)
                ? text.GetString()
                : null;
        var duration = container.TellsDuration ? Duration(seconds) : null;
        return (new(container.Name, codec ?? "unknown", rate, channels, duration, "ffmpeg") { DecoderVersion = version }, start);
    }

    /// <summary>Adds the silence before the audio; an absurd start time leaves the duration unknown until decoding.</summary>
    private static double? WithStart(double? seconds, double start, bool withoutStart) =>
        start > TimedSamples.LongestSilence.TotalSeconds ? null : withoutStart ? seconds + start : seconds;

    private static TimeSpan? Duration(double? seconds) =>
        seconds is > 0 && seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds.Value) : null;

    // ffprobe writes some numbers as JSON numbers and some as strings.
    private static double? Number(JsonElement parent, string property)
    {
        if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(property, out var value))
            return null;
        return double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
