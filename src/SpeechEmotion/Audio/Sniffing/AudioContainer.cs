using SpeechEmotion.Audio.Ffmpeg;

namespace SpeechEmotion.Audio.Sniffing;

/// <summary>A file format, and the decoders that read it.</summary>
/// <param name="Name">The name for people.</param>
/// <param name="Demuxer">
/// The name of the format in ffmpeg, which is always forced: if ffmpeg guessed, it would follow playlists to other files.
/// </param>
/// <param name="SndFile">Whether libsndfile is tried first.</param>
/// <param name="TellsDuration">Whether a header states the duration; for a bare stream ffmpeg only guesses it.</param>
/// <param name="Timed">
/// Whether its audio has timestamps, so that it may start after the video, or pause; see <see cref="TimedSamples"/>.
/// </param>
internal sealed record AudioContainer(
    string Name, string Demuxer, bool SndFile = false, bool TellsDuration = false, bool Timed = false)
{
    public static AudioContainer Wav { get; } = new("WAV", "wav", TellsDuration: true);
    public static AudioContainer Rifx { get; } = new("RIFX", "wav", SndFile: true, TellsDuration: true);
    public static AudioContainer Wave64 { get; } = new("W64", "w64", SndFile: true, TellsDuration: true);
    public static AudioContainer Sphere { get; } = new("NIST SPHERE", "nistsphere", SndFile: true);
    public static AudioContainer Voc { get; } = new("VOC", "voc", SndFile: true);
    public static AudioContainer Flac { get; } = new("FLAC", "flac", SndFile: true, TellsDuration: true);
    public static AudioContainer Mp3 { get; } = new("MP3", "mp3", SndFile: true);
    public static AudioContainer Ogg { get; } = new("OGG", "ogg", SndFile: true, TellsDuration: true);
    public static AudioContainer OggSpeex { get; } = new("OGG", "ogg", TellsDuration: true);
    public static AudioContainer Aiff { get; } = new("AIFF", "aiff", SndFile: true, TellsDuration: true);
    public static AudioContainer Au { get; } = new("AU", "au", SndFile: true, TellsDuration: true);
    public static AudioContainer Mp4 { get; } = new("MP4", "mov", TellsDuration: true, Timed: true);
    public static AudioContainer Matroska { get; } = new("WebM", "matroska", TellsDuration: true, Timed: true);
    public static AudioContainer Asf { get; } = new("WMA", "asf", TellsDuration: true, Timed: true);
    public static AudioContainer Amr { get; } = new("AMR", "amr");
    public static AudioContainer Aac { get; } = new("AAC", "aac");
    public static AudioContainer Latm { get; } = new("AAC", "loas");
    public static AudioContainer Ac3 { get; } = new("AC-3", "ac3");
    public static AudioContainer Eac3 { get; } = new("E-AC-3", "eac3");
    public static AudioContainer Dts { get; } = new("DTS", "dts");
    public static AudioContainer DtsHd { get; } = new("DTS", "dtshd");
    public static AudioContainer WavPack { get; } = new("WavPack", "wv", TellsDuration: true);
    public static AudioContainer Tta { get; } = new("TTA", "tta", TellsDuration: true);
    public static AudioContainer Tak { get; } = new("TAK", "tak", TellsDuration: true);
    public static AudioContainer Monkey { get; } = new("APE", "ape", TellsDuration: true);
    public static AudioContainer Musepack7 { get; } = new("Musepack", "mpc", TellsDuration: true);
    public static AudioContainer Musepack8 { get; } = new("Musepack", "mpc8", TellsDuration: true);
    public static AudioContainer RealMedia { get; } = new("RealMedia", "rm", TellsDuration: true);
    public static AudioContainer Caf { get; } = new("CAF", "caf", TellsDuration: true);
    public static AudioContainer Avi { get; } = new("AVI", "avi", TellsDuration: true);
    public static AudioContainer Flv { get; } = new("FLV", "flv", TellsDuration: true, Timed: true);
    public static AudioContainer MpegTs { get; } = new("MPEG-TS", "mpegts", Timed: true);
    public static AudioContainer MpegPs { get; } = new("MPEG-PS", "mpeg", Timed: true);
}
