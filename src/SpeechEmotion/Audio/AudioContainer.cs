namespace SpeechEmotion.Audio;

/// <summary>A file format, and which decoders take it.</summary>
/// <param name="Name">For people.</param>
/// <param name="Demuxer">
/// ffmpeg's name of the format. It is always forced: left to guess, ffmpeg would follow playlists to other files.
/// </param>
/// <param name="SndFile">Whether libsndfile is tried first.</param>
/// <param name="TellsDuration">Whether a header tells the duration; of a bare stream ffmpeg only guesses it.</param>
internal sealed record AudioContainer(string Name, string Demuxer, bool SndFile = false, bool TellsDuration = false)
{
    public static AudioContainer Wav { get; } = new("WAV", "wav", TellsDuration: true);
    public static AudioContainer Flac { get; } = new("FLAC", "flac", SndFile: true, TellsDuration: true);
    public static AudioContainer Mp3 { get; } = new("MP3", "mp3", SndFile: true);
    public static AudioContainer Ogg { get; } = new("OGG", "ogg", SndFile: true, TellsDuration: true);
    public static AudioContainer OggSpeex { get; } = new("OGG", "ogg", TellsDuration: true);
    public static AudioContainer Aiff { get; } = new("AIFF", "aiff", SndFile: true, TellsDuration: true);
    public static AudioContainer Au { get; } = new("AU", "au", SndFile: true, TellsDuration: true);
    public static AudioContainer Mp4 { get; } = new("MP4", "mov", TellsDuration: true);
    public static AudioContainer Matroska { get; } = new("WebM", "matroska", TellsDuration: true);
    public static AudioContainer Asf { get; } = new("WMA", "asf", TellsDuration: true);
    public static AudioContainer Amr { get; } = new("AMR", "amr");
    public static AudioContainer Aac { get; } = new("AAC", "aac");
    public static AudioContainer Ac3 { get; } = new("AC-3", "ac3");
    public static AudioContainer Eac3 { get; } = new("E-AC-3", "eac3");
    public static AudioContainer Caf { get; } = new("CAF", "caf", TellsDuration: true);
    public static AudioContainer Avi { get; } = new("AVI", "avi", TellsDuration: true);
    public static AudioContainer Flv { get; } = new("FLV", "flv", TellsDuration: true);
    public static AudioContainer MpegTs { get; } = new("MPEG-TS", "mpegts");
    public static AudioContainer MpegPs { get; } = new("MPEG-PS", "mpeg");
}
