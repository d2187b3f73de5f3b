using System.Globalization;
using SpeechEmotion.Audio.Sniffing;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Audio;

/// <summary>The errors of reading a recording, each with its code and its message in both languages.</summary>
internal static class AudioErrors
{
    public static AudioException NotRaw(string format) => new(
        "audio.not_raw",
        $"The stream is {format}, but raw samples without a header are needed (pcm_s16le or f32le). Decode it first, for example with " +
        "ffmpeg -i FILE -f s16le -ar 16000 -ac 1 -, use an AudioWorklet instead of a MediaRecorder in a browser, " +
        "or recognize the recording as a file.",
        $"音频流是 {format} 格式，而此处需要不带文件头的原始采样（pcm_s16le 或 f32le）。请先解码，例如 " +
        "ffmpeg -i 文件 -f s16le -ar 16000 -ac 1 -；浏览器请用 AudioWorklet 而非 MediaRecorder 取得采样；或作为文件识别。");

    public static AudioException OtherRaw(string found, int foundRate, int foundChannels, string encoding, int rate, int channels) => new(
        "audio.other_format",
        $"The stream's WAV header declares {found}, {foundRate} Hz, {foundChannels} channels, but {encoding}, {rate} Hz, " +
        $"{channels} channels were announced. Announce the format that the header declares.",
        $"音频流的 WAV 文件头为 {found}、{foundRate} Hz、{foundChannels} 声道，而声明的是 {encoding}、{rate} Hz、{channels} 声道。请按文件头声明。");

    public static AudioException Roles(int roles, int channels) => new(
        "audio.roles",
        $"The number of roles is {roles}, but the recording has {channels} channels. Name one role for each channel, or none.",
        $"角色数为 {roles}，而录音的声道数为 {channels}。请为每个声道指定一个角色，或不指定角色。");

    private const string Supported =
        "WAV, W64, FLAC, MP3, OGG (Vorbis, Opus, Speex), AIFF, AU, M4A/MP4/MOV/3GP, AAC, WMA, AMR, WebM/MKV, AC-3, DTS, CAF, " +
        "AVI, FLV, MPEG, WavPack, APE, TTA, Musepack, NIST SPHERE, VOC";

    public static AudioException NotFound(string name) => new(
        "audio.not_found",
        $"'{name}' does not exist or is not a file. Check the path.",
        $"找不到“{name}”，或者它不是文件。请检查路径。");

    public static AudioException NotAFile(string name) => new(
        "audio.not_a_file",
        $"'{name}' is a device or a socket. Give a file or a pipe, or pipe the recording into `ser recognize -`.",
        $"“{name}”是设备或套接字。请给出文件或管道，或通过管道传给 `ser recognize -`。");

    /// <summary>The name is not valid UTF-8, so it may match no file or several.</summary>
    public static AudioException NameNotUtf8(string name) => new(
        "audio.name_not_utf8",
        $"The name '{name}' is not UTF-8 and matches no file or several. Rename the file, for example with convmv.",
        $"文件名“{name}”不是 UTF-8 编码，找不到对应的文件，或对应多个文件。请重命名，例如使用 convmv。");

    public static AudioException NotReadable(string name, Exception inner) => new(
        "audio.not_readable",
        $"'{name}' cannot be read: {Sentence.End(inner.Message)} Check that you have permission to read it and that its disk works.",
        $"无法读取“{name}”：{Sentence.End(inner.Message)} 请检查读取权限和磁盘。",
        inner);

    public static AudioException Empty(string name) => new(
        "audio.empty",
        $"'{name}' is empty: it contains no audio. Record or upload it again.",
        $"“{name}”是空的，其中没有音频。请重新录制或上传。");

    public static AudioException UnsupportedFormat(string name) => new(
        "audio.unsupported_format",
        $"'{name}' is not a recording in a format that can be read. Supported: {Supported}.",
        $"“{name}”不是可识别的音频格式。支持的格式：{Supported}。");

    public static AudioException Damaged(string name, string what, string whatZh, Exception? inner = null) => new(
        "audio.damaged",
        $"'{name}' is damaged and cannot be decoded: {what}. Export it again, or convert it to WAV.",
        $"“{name}”已损坏，无法解码：{whatZh}。请重新导出，或转换为 WAV。",
        inner);

    /// <summary>A decoder rejected the recording. The message quotes the decoder in its own language.</summary>
    public static AudioException Refused(string name, string decoder, string said) =>
        Damaged(name, $"{decoder}: {said.TrimEnd('.')}", $"{decoder}：{said.TrimEnd('.')}");

    public static AudioException NoAudioTrack(string name) => new(
        "audio.no_audio_track",
        $"'{name}' has no audio track. Choose a file with audio.",
        $"“{name}”没有音轨。请选择带声音的文件。");

    /// <summary>The library does not decode this format, and no installed program does.</summary>
    public static AudioException DecoderMissing(string name, AudioContainer container)
    {
        // libsndfile supports no Ogg encoding that the built-in decoders lack.
        var (program, package) = container.SndFile && container != AudioContainer.Ogg
            ? ("libsndfile", "libsndfile1")
            : ("ffmpeg", "ffmpeg");
        return new(
            "audio.decoder_missing",
            $"'{name}' is {container.Name} in an encoding that needs {program}, which is not installed on this machine. " +
            $"Install it with: apt-get install {package}. " +
            "Or convert the file to WAV, FLAC, MP3, OGG Vorbis or Opus, which need no program.",
            $"“{name}”是 {container.Name} 格式，其编码需要 {program}，而本机没有安装。" +
            $"请安装：apt-get install {package}；或转换为 WAV、FLAC、MP3、OGG Vorbis 或 Opus，这些格式无需安装任何软件。");
    }

    /// <summary>libsndfile reads the container, but not the encoding in it.</summary>
    public static AudioException EncodingNeedsFfmpeg(string name, string container) => new(
        "audio.decoder_missing",
        $"'{name}' is {container} in an encoding that needs ffmpeg. Install it with: apt-get install ffmpeg",
        $"“{name}”是 {container} 格式，其编码需要 ffmpeg。请安装：apt-get install ffmpeg");

    public static AudioException DecoderNotStarted(string name, string program, Exception inner) => new(
        "audio.decoder_failed",
        $"'{name}' was not decoded, because {program} cannot be started. Install it again: apt-get install --reinstall ffmpeg",
        $"无法启动 {program}，“{name}”未能解码。请重新安装：apt-get install --reinstall ffmpeg",
        inner);

    /// <summary>The decoder exited without an error message; the recording itself may be intact.</summary>
    public static AudioException DecoderDied(string name, string program, int status) => new(
        "audio.decoder_failed",
        $"'{name}' was not decoded: {program} ended with status {status} and gave no reason. " +
        "Try again with more free memory, or convert it to WAV.",
        $"“{name}”未能解码：{program} 以状态 {status} 结束，没有给出原因。请在内存充足时重试，或转换为 WAV。");

    public static AudioException DecoderTimeout(string name, TimeSpan timeout)
    {
        var seconds = timeout.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        return new(
            "audio.decoder_timeout",
            $"Decoding '{name}' produced no audio for {seconds} s and was stopped. Convert it to WAV, or allow more time.",
            $"解码“{name}”时超过 {seconds} 秒没有输出，已停止。请转换为 WAV，或延长时限。");
    }

    public static AudioException TooLong(string name, TimeSpan limit)
    {
        var minutes = limit.TotalMinutes.ToString("0.##", CultureInfo.InvariantCulture);
        return new(
            "audio.too_long",
            $"'{name}' is longer than the limit of {minutes} minutes. Cut it into shorter recordings, or raise the limit: " +
            "--max-hours on the command line, AudioLimits.MaxDuration in code.",
            $"“{name}”超过时长上限 {minutes} 分钟。请切分成较短的录音，或放宽上限：" +
            "命令行用 --max-hours，代码中用 AudioLimits.MaxDuration。");
    }

    public static AudioException TooLarge(string name, long limit)
    {
        var mebibytes = (limit / 1048576.0).ToString("0.##", CultureInfo.InvariantCulture);
        return new(
            "audio.too_large",
            $"'{name}' is larger than the limit of {mebibytes} MiB. Cut it, or compress it.",
            $"“{name}”超过大小上限 {mebibytes} MiB。请切分或压缩。");
    }

    public static AudioException NotKept(string name, string folder, Exception inner) => new(
        "audio.not_kept",
        $"'{name}' could not be stored in the temporary folder {folder}: {Sentence.End(inner.Message)} " +
        "Free some space, or set TMPDIR to another folder.",
        $"无法将“{name}”暂存到临时文件夹 {folder}：{Sentence.End(inner.Message)} 请释放磁盘空间，或用 TMPDIR 指定其他文件夹。",
        inner);

    public static AudioException UnsupportedRate(string name, long rate) => new(
        "audio.unsupported_rate",
        $"'{name}' has a sample rate of {rate} Hz; only 4000 to 384000 Hz is supported. Convert it, for example to 16000 Hz.",
        $"“{name}”的采样率为 {rate} Hz，只支持 4000 到 384000 Hz。请转换，例如转为 16000 Hz。");

    public static AudioException TooManyChannels(string name, long channels) => new(
        "audio.too_many_channels",
        $"'{name}' has {channels} channels; at most 64 are supported. Mix it down first.",
        $"“{name}”有 {channels} 个声道，最多支持 64 个。请先混缩。");

    public static AudioException NotFinite(string name) => new(
        "audio.not_finite",
        $"'{name}' contains samples that are not numbers or are absurdly large. Export it again as 16-bit WAV.",
        $"“{name}”含有非数值或异常巨大的采样。请重新导出为 16 位 WAV。");
}
