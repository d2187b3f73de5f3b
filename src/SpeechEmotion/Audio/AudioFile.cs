using SpeechEmotion.Errors;

namespace SpeechEmotion.Audio;

/// <summary>
/// Opens recordings of any usual format. The format is told from the content; the file's name does not matter. WAV, FLAC, MP3,
/// Ogg Vorbis and Opus are decoded here on every machine; AIFF and AU by libsndfile where it is installed; everything else by
/// ffmpeg.
/// </summary>
public static class AudioFile
{
    /// <summary>Opens a file. Its samples are decoded as they are read.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="limits">How much of it is taken; <see cref="AudioLimits.Default"/> where null.</param>
    /// <param name="ct">Ends opening, and later reading too.</param>
    /// <returns>A reader, which the caller disposes.</returns>
    /// <exception cref="AudioException">
    /// <c>audio.not_found</c>, <c>audio.not_a_file</c>, <c>audio.not_readable</c>, <c>audio.empty</c>,
    /// <c>audio.unsupported_format</c>, <c>audio.damaged</c>, <c>audio.decoder_missing</c>, <c>audio.decoder_failed</c>,
    /// <c>audio.decoder_timeout</c>, <c>audio.no_audio_track</c>, <c>audio.unsupported_rate</c>,
    /// <c>audio.too_many_channels</c> or <c>audio.too_long</c>. Reading may throw the same, and <c>audio.not_finite</c>.
    /// </exception>
    public static IAudioReader Open(string path, AudioLimits? limits = null, CancellationToken ct = default) =>
        Open(path, path, limits ?? AudioLimits.Default, DecoderTools.Installed, ct);

    /// <summary>Opens a file that its owner knows by another name, as an upload's.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="limits">How much of it is taken; <see cref="AudioLimits.Default"/> where null.</param>
    /// <param name="ct">Ends opening, and later reading too.</param>
    /// <returns>A reader, which the caller disposes.</returns>
    /// <exception cref="AudioException">As for a file under its own name.</exception>
    public static IAudioReader Open(string path, string name, AudioLimits? limits = null, CancellationToken ct = default) =>
        Open(path, name, limits ?? AudioLimits.Default, DecoderTools.Installed, ct);

    /// <summary>Opens a recording from a stream, which is read to its end into a temporary file first.</summary>
    /// <param name="stream">Its bytes; the caller keeps it and may dispose it at once.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="limits">How much of it is taken; <see cref="AudioLimits.Default"/> where null.</param>
    /// <param name="ct">Ends opening, and later reading too.</param>
    /// <returns>A reader, which the caller disposes; with it goes the temporary file.</returns>
    /// <exception cref="AudioException">As for a file, and <c>audio.too_large</c> or <c>audio.not_kept</c>.</exception>
    public static IAudioReader Open(
        Stream stream, string name = "audio", AudioLimits? limits = null, CancellationToken ct = default)
    {
        limits ??= AudioLimits.Default;
        var recording = TemporaryRecording.Copy(stream, name, limits, Path.GetTempPath(), ct);
        IAudioReader? reader = null;
        try
        {
            return reader = Open(new AudioSource(recording.Path, name, limits), DecoderTools.Installed, recording, ct);
        }
        finally
        {
            if (reader is null)
                recording.Dispose();
        }
    }

    /// <summary>Opens a file with the given decoders only.</summary>
    internal static IAudioReader Open(string path, AudioLimits limits, DecoderTools tools, CancellationToken ct) =>
        Open(path, path, limits, tools, ct);

    private static BoundedReader Open(string path, string name, AudioLimits limits, DecoderTools tools, CancellationToken ct)
    {
        if (!File.Exists(path))
            throw AudioErrors.NotFound(name);
        if (!RegularFile.Is(path))
            throw AudioErrors.NotAFile(name);
        return Open(new AudioSource(Locate(path, name), name, limits), tools, owned: null, ct);
    }

    private static BoundedReader Open(AudioSource source, DecoderTools tools, IDisposable? owned, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var decoder = OpenDecoder(source, tools, ct);
        BoundedReader? reader = null;
        try
        {
            return reader = new(decoder, source.Name, source.Limits.MaxDuration, owned, ct) { Source = source };
        }
        finally
        {
            if (reader is null)
                decoder.Dispose();
        }
    }

    private static string Locate(string path, string name)
    {
        try
        {
            return RegularFile.Locate(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AudioErrors.NotReadable(name, e);
        }
    }

    private static IAudioReader OpenDecoder(AudioSource source, DecoderTools tools, CancellationToken ct)
    {
        try
        {
            var container = Sniff(source) ?? throw AudioErrors.UnsupportedFormat(source.Name);
            return OpenDecoder(source, container, tools, ct);
        }
        catch (FileNotFoundException)
        {
            // It was deleted just now, or is a link to nothing.
            throw AudioErrors.NotFound(source.Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AudioErrors.NotReadable(source.Name, e);
        }
    }

    private static AudioContainer? Sniff(AudioSource source)
    {
        using var file = source.OpenBytes();
        if (file.Length == 0)
            throw AudioErrors.Empty(source.Name);
        Span<byte> buffer = stackalloc byte[AudioSniffer.HeadLength];
        var head = Head(file, buffer);
        var tag = AudioSniffer.Id3Length(head);
        if (tag == 0)
            return AudioSniffer.Sniff(head);
        file.Position = Math.Min(tag, file.Length);
        // Between a tag and its MP3 there may be padding of any kind.
        return AudioSniffer.Sniff(Head(file, buffer)) ?? AudioContainer.Mp3;
    }

    private static ReadOnlySpan<byte> Head(FileStream file, Span<byte> buffer) =>
        buffer[..file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];

    private static IAudioReader OpenDecoder(AudioSource source, AudioContainer container, DecoderTools tools, CancellationToken ct)
    {
        var others = tools.Ffmpeg is not null || (container.SndFile && tools.SndFile);
        try
        {
            if (BuiltInReader.TryOpen(source, container) is { } reader)
                return reader;
        }
        catch (AudioException) when (others && container != AudioContainer.Wav)
        {
            // Damage that another decoder may get over; it says which.
        }
        if (!container.SndFile)
            return FfmpegReader.Open(source, container, tools, ct);
        if (tools.SndFile)
        {
            try
            {
                return SndFileReader.Open(source, container.Name);
            }
            catch (AudioException) when (tools.Ffmpeg is not null)
            {
                // An encoding that libsndfile does not know, or damage that ffmpeg may get over; it says which.
                return FfmpegReader.Open(source, container, tools, ct);
            }
        }
        return tools.Ffmpeg is not null
            ? FfmpegReader.Open(source, container, tools, ct)
            : throw AudioErrors.DecoderMissing(source.Name, container);
    }
}
