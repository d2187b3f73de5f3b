using System.Runtime.InteropServices;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Audio.SndFile;

/// <summary>Decodes FLAC, MP3, OGG Vorbis and Opus, AIFF and AU with libsndfile.</summary>
internal sealed class SndFileReader : IAudioReader
{
    private const int ReadMode = 0x10;

    // SF_ERR_UNRECOGNISED_FORMAT and SF_ERR_UNSUPPORTED_ENCODING of sndfile.h, and the internal SFE_UNIMPLEMENTED.
    private const int UnrecognizedFormat = 1;
    private const int UnsupportedEncoding = 4;
    private const int Unimplemented = 18;

    /// <summary>Serializes opening: the library stores the error of a rejected file in one variable for all threads.</summary>
    private static readonly Lock Opening = new();

    private readonly SndFileHandle _file;
    private readonly string _name;

    private SndFileReader(SndFileHandle file, string name, AudioFormat format) => (_file, _name, Format) = (file, name, format);

    public AudioFormat Format { get; }

    /// <summary>Opens a recording.</summary>
    /// <param name="source">The recording.</param>
    /// <param name="container">The name of its format; null if only libsndfile can detect it.</param>
    /// <exception cref="AudioException">libsndfile cannot read it.</exception>
    public static SndFileReader Open(AudioInput source, string? container)
    {
        SndFileLibrary.Info info = default;
        var file = Open(source, ref info, out var error);
        container ??= ContainerName(info.Format);
        if (file.IsInvalid)
            throw Refusal(error, source.Name, container);
        if (info.SampleRate < 1 || info.Channels < 1)
        {
            file.Dispose();
            throw AudioErrors.Damaged(source.Name, "its header declares no sample rate or no channels", "文件头没有采样率或声道数");
        }
        // libsndfile reports the largest number if the header does not state the length.
        var seconds = (double)info.Frames / info.SampleRate;
        TimeSpan? duration = info.Frames is > 0 and < long.MaxValue / 2 && seconds < TimeSpan.MaxValue.TotalSeconds / 2
            ? TimeSpan.FromSeconds(seconds)
            : null;
        return new(
            file,
            source.Name,
            new(container, CodecName(info.Format), info.SampleRate, info.Channels, duration, "libsndfile")
            {
                DecoderVersion = SndFileLibrary.Version,
            });
    }

    public int Read(Span<float> interleaved)
    {
        var frames = interleaved.Length / Format.Channels;
        var read = SndFileLibrary.ReadFrames(_file, interleaved, frames);
        if (read < frames && SndFileLibrary.Error(_file) != 0)
            throw AudioErrors.Refused(_name, "libsndfile", Text(SndFileLibrary.Error(_file)));
        return (int)read * Format.Channels;
    }

    public void Dispose() => _file.Dispose();

    private static SndFileHandle Open(AudioInput source, ref SndFileLibrary.Info info, out int error)
    {
        // libsndfile opens the file itself: versions 1.0.30 to 1.2 close the descriptor of a rejected file even if forbidden
        // (libsndfile issue 949). This path hides the file name, whose extension libsndfile would otherwise use.
        using var bytes = source.OpenBytes();
        lock (Opening)
        {
            var file = SndFileLibrary.Open($"/proc/self/fd/{bytes.SafeFileHandle.DangerousGetHandle()}", ReadMode, ref info);
            error = SndFileLibrary.Error(file);
            return file;
        }
    }

    private static AudioException Refusal(int error, string name, string container) =>
        error is UnrecognizedFormat or UnsupportedEncoding or Unimplemented
            ? AudioErrors.EncodingNeedsFfmpeg(name, container)
            : AudioErrors.Refused(name, "libsndfile", Text(error));

    private static string Text(int code) => Marshal.PtrToStringUTF8(SndFileLibrary.ErrorText(code)) ?? $"error {code}";

    /// <summary>The names of formats that only libsndfile knows.</summary>
    private static string ContainerName(int format) => (format & 0x0FFF0000) switch
    {
        0x050000 => "PAF",
        0x060000 => "SVX",
        0x0A0000 => "IRCAM",
        0x0C0000 or 0x0D0000 => "MAT",
        0x0E0000 => "PVF",
        0x0F0000 => "XI",
        0x100000 => "HTK",
        0x110000 => "SDS",
        0x120000 => "AVR",
        _ => "libsndfile",
    };

    // The codes of sndfile.h: the container in the upper half, the encoding in the lower half.
    private static string CodecName(int format) => (format & 0x0FFF0000, format & 0xFFFF) switch
    {
        (0x170000, _) => "flac",
        (_, 0x0001) => "pcm_s8",
        (_, 0x0002) => "pcm_s16",
        (_, 0x0003) => "pcm_s24",
        (_, 0x0004) => "pcm_s32",
        (_, 0x0005) => "pcm_u8",
        (_, 0x0006) => "pcm_f32",
        (_, 0x0007) => "pcm_f64",
        (_, 0x0010) => "mu-law",
        (_, 0x0011) => "a-law",
        (_, 0x0012) => "adpcm_ima",
        (_, 0x0060) => "vorbis",
        (_, 0x0064) => "opus",
        (_, 0x0081) => "mp2",
        (_, 0x0082) => "mp3",
        var (_, code) => $"0x{code:x4}",
    };
}
