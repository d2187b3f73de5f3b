using System.CommandLine;
using System.Globalization;
using SpeechEmotion.Audio;
using SpeechEmotion.Quality;
using SpeechEmotion.Results;

namespace SpeechEmotion.Cli;

/// <summary><c>ser info</c>: describes a recording, without a model.</summary>
internal static class InfoCommand
{
    private static readonly Argument<string> FileArgument = new("FILE") { Description = "A recording / 录音文件" };

    public static Command Create()
    {
        var command = new Command("info", "Describe a recording / 显示录音信息") { FileArgument, Language.Option };
        command.SetAction((parsed, ct) =>
            Task.Run(() => Show(parsed.GetRequiredValue(FileArgument), Language.Of(parsed), ct), ct));
        return command;
    }

    private static int Show(string path, string language, CancellationToken ct)
    {
        var meter = new SoundMeter();
        // No limit here: the command also describes long recordings.
        var limits = AudioLimits.Default with { MaxDuration = TimeSpan.FromDays(365) };
        using var waveform = new WaveformReader(AudioFile.Open(path, limits, ct), meter.AddDecoded);
        var block = new float[SampleRate.Hz];
        for (int read; (read = waveform.Read(block)) > 0;)
        {
            ct.ThrowIfCancellationRequested();
            meter.AddWaveform(block.AsSpan(0, read));
        }
        meter.CancelledShare = waveform.CancelledShare;
        var format = waveform.Format;
        var seconds = (double)waveform.SourceFrames / format.SampleRate;
        var chinese = language == "zh";
        Line(chinese ? "文件" : "File", path);
        // A pipe has no size, and a name that is not UTF-8 does not resolve to a file.
        if ((File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path))
            is FileInfo { Exists: true, Length: > 0 and var bytes })
        {
            Line(chinese ? "大小" : "Size", string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F2} MB"));
        }
        Line(chinese ? "格式" : "Format", $"{format.Container}, {format.Codec}");
        Line(chinese ? "采样率" : "Sample rate", $"{format.SampleRate} Hz");
        Line(chinese ? "声道" : "Channels", format.Channels.ToString(CultureInfo.InvariantCulture));
        Line(chinese ? "时长" : "Duration", string.Create(CultureInfo.InvariantCulture, $"{seconds:F3} s"));
        Line(chinese ? "解码" : "Decoder", format.Decoder);
        foreach (var note in meter.Notes(null, format.SampleRate))
            Line("⚠", note.TextIn(language));
        return ExitCode.Success;
    }

    private static void Line(string name, string value) => Console.WriteLine($"{name}: {value}");
}
