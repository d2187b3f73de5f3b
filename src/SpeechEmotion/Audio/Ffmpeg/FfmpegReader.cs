using System.Globalization;
using System.Runtime.InteropServices;
using SpeechEmotion.Audio.Sniffing;

namespace SpeechEmotion.Audio.Ffmpeg;

/// <summary>Decodes the first audio track of any container with the ffmpeg program, at its own rate and channels.</summary>
internal sealed class FfmpegReader : IAudioReader
{
    private readonly DecoderProcess _process;
    private readonly TimedSamples? _timed;
    private readonly string _name;
    private readonly long _declared;
    private long _frames;
    private bool _any;
    private bool _ended;

    private FfmpegReader(DecoderProcess process, AudioFormat format, TimedSamples? timed, string name, long declared)
    {
        (_process, Format, _timed, _name, _declared) = (process, format, timed, name, declared);
    }

    public AudioFormat Format { get; }

    public AudioLoss? Loss => _ended ? AudioLoss.OfFrames(_declared, _frames, Format.SampleRate) : null;

    /// <summary>Probes the recording and starts decoding it.</summary>
    /// <exception cref="Errors.AudioException">The programs are not installed, or the file is damaged or has no audio.</exception>
    public static FfmpegReader Open(AudioInput source, AudioContainer container, DecoderTools tools, CancellationToken ct)
    {
        if (tools.Ffmpeg is null || tools.Ffprobe is null)
            throw AudioErrors.DecoderMissing(source.Name, container);
        var (format, start) = FfmpegProbe.Read(tools.Ffprobe, source, container, ct);
        BoundedReader.RequireSupported(format.SampleRate, format.Channels, source.Name);
        var process = new DecoderProcess(tools.Ffmpeg, Arguments(source, container, format), source, ct);
        var timed = container.Timed ? new TimedSamples(process, format, start, source.Limits.MaxDuration) : null;
        // In these containers the header states the length of the audio itself; in others, the length of the longest track.
        var declared = container == AudioContainer.Mp4 || container == AudioContainer.Caf || container == AudioContainer.Aiff
            ? format.Duration
            : null;
        return new(process, format, timed, source.Name, (long)((declared?.TotalSeconds ?? 0) * format.SampleRate));
    }

    public int Read(Span<float> interleaved)
    {
        if (_ended)
            return 0;
        var samples = interleaved[..(interleaved.Length - (interleaved.Length % Format.Channels))];
        var read = _timed?.Read(samples) ?? _process.Read(MemoryMarshal.AsBytes(samples)) / sizeof(float);
        if (read < samples.Length)
            End(read);
        _any |= read > 0;
        _frames += read / Format.Channels;
        return read - (read % Format.Channels);
    }

    public void Dispose() => _process.Dispose();

    private static List<string> Arguments(AudioInput source, AudioContainer container, AudioFormat format)
    {
        List<string> arguments =
        [
            "-nostdin", .. FfmpegProbe.InputOptions(source, container), "-threads", "1", "-i", "file:" + source.Path,
            "-map", "0:a:0", "-vn", "-sn", "-dn", "-ar", format.SampleRate.ToString(CultureInfo.InvariantCulture),
        ];
        // Keeps the layout if a broadcast changes it midway. Wider layouts of the same size differ, and ffmpeg would remix them.
        if (format.Channels <= 2)
            arguments.AddRange("-ac", format.Channels.ToString(CultureInfo.InvariantCulture));
        arguments.AddRange(container.Timed ? ["-c:a", "pcm_f32le", "-f", "matroska", "pipe:1"] : ["-f", "f32le", "pipe:1"]);
        return arguments;
    }

    private void End(int lastRead)
    {
        _ended = true;
        var (status, error) = _process.Finish();
        if (status != 0 && error.Length == 0)
            throw AudioErrors.DecoderDied(_name, "ffmpeg", status);
        if (status != 0 || (!_any && lastRead == 0 && error.Length > 0))
            throw AudioErrors.Refused(_name, "ffmpeg", error);
    }
}
