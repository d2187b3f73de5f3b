using SpeechEmotion.Audio.Ffmpeg;
using SpeechEmotion.Audio.Files;
using SpeechEmotion.Audio.SndFile;
using SpeechEmotion.Audio.Sniffing;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Audio;

/// <summary>
/// Opens recordings in all common formats. The content decides the format; the file name does not matter. Built-in decoders
/// read WAV, FLAC, MP3, Ogg Vorbis and Opus on every machine; libsndfile, if installed, reads AIFF and AU; ffmpeg reads
/// everything else. A file without a known signature is passed to both before it is rejected. A pipe is read to its end first,
/// like a stream.
/// </summary>
public static class AudioFile
{
    /// <summary>Opens a file. Its samples are decoded as they are read.</summary>
    /// <param name="path">The file. The call waits for the writer of a named pipe.</param>
    /// <param name="limits">The limits on the recording; <see cref="AudioLimits.Default"/> if null.</param>
    /// <param name="ct">Cancels opening and, later, reading.</param>
    /// <returns>A reader, which the caller disposes.</returns>
    /// <exception cref="AudioException">
    /// <c>audio.not_found</c>, <c>audio.not_a_file</c>, <c>audio.not_readable</c>, <c>audio.empty</c>,
    /// <c>audio.unsupported_format</c>, <c>audio.damaged</c>, <c>audio.decoder_missing</c>, <c>audio.decoder_failed</c>,
    /// <c>audio.decoder_timeout</c>, <c>audio.no_audio_track</c>, <c>audio.unsupported_rate</c>,
    /// <c>audio.too_many_channels</c> or <c>audio.too_long</c>. Reading may throw the same, and <c>audio.not_finite</c>.
    /// </exception>
    public static IAudioReader Open(string path, AudioLimits? limits = null, CancellationToken ct = default) =>
        Open(path, path, limits ?? AudioLimits.Default, DecoderTools.Installed, ct);

    /// <summary>Opens a file that users know by another name, such as an upload.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="name">The name in error messages.</param>
    /// <param name="limits">The limits on the recording; <see cref="AudioLimits.Default"/> if null.</param>
    /// <param name="ct">Cancels opening and, later, reading.</param>
    /// <returns>A reader, which the caller disposes.</returns>
    /// <exception cref="AudioException">As for a file under its own name.</exception>
    public static IAudioReader Open(string path, string name, AudioLimits? limits = null, CancellationToken ct = default) =>
        Open(path, name, limits ?? AudioLimits.Default, DecoderTools.Installed, ct);

    /// <summary>Opens a recording from a stream, after copying the whole stream to a temporary file.</summary>
    /// <param name="stream">The bytes of the recording; the caller keeps the stream and may dispose it at once.</param>
    /// <param name="name">The name in error messages.</param>
    /// <param name="limits">The limits on the recording; <see cref="AudioLimits.Default"/> if null.</param>
    /// <param name="ct">Cancels opening and, later, reading.</param>
    /// <returns>A reader, which the caller disposes; disposing it deletes the temporary file.</returns>
    /// <exception cref="AudioException">As for a file, and <c>audio.too_large</c> or <c>audio.not_kept</c>.</exception>
    public static IAudioReader Open(
        Stream stream, string name = "audio", AudioLimits? limits = null, CancellationToken ct = default)
    {
        limits ??= AudioLimits.Default;
        return Open(stream, name, limits, DecoderTools.Installed, ct);
    }

    /// <summary>Opens a file with the given decoders only.</summary>
    internal static IAudioReader Open(string path, AudioLimits limits, DecoderTools tools, CancellationToken ct) =>
        Open(path, path, limits, tools, ct);

    private static BoundedReader Open(string path, string name, AudioLimits limits, DecoderTools tools, CancellationToken ct)
    {
        if (!File.Exists(path))
            return OpenUnreadableName(path, name, limits, tools, ct);
        if (RegularFile.IsPipe(path))
        {
            using var pipe = OpenPipe(path, name, ct);
            return Open(pipe, name, limits, tools, ct);
        }
        if (!RegularFile.Is(path))
            throw AudioErrors.NotAFile(name);
        return Open(new AudioInput(Locate(path, name), name, limits), tools, owned: null, ct);
    }

    private static BoundedReader Open(Stream stream, string name, AudioLimits limits, DecoderTools tools, CancellationToken ct)
    {
        var recording = TemporaryRecording.Copy(stream, name, limits, Path.GetTempPath(), ct);
        return OpenOwned(new AudioInput(recording.Path, name, limits), tools, recording, ct);
    }

    private static BoundedReader OpenUnreadableName(string path, string name, AudioLimits limits, DecoderTools tools, CancellationToken ct)
    {
        var file = UnreadableName.Open(path)
            ?? throw (UnreadableName.Is(path) ? AudioErrors.NameNotUtf8(name) : AudioErrors.NotFound(name));
        if (RegularFile.Is(file.Path))
            return OpenOwned(new AudioInput(file.Path, name, limits), tools, file, ct);
        file.Dispose();
        throw AudioErrors.NotAFile(name);
    }

    private static BoundedReader OpenOwned(AudioInput source, DecoderTools tools, IDisposable owned, CancellationToken ct)
    {
        BoundedReader? reader = null;
        try
        {
            return reader = Open(source, tools, owned, ct);
        }
        finally
        {
            if (reader is null)
                owned.Dispose();
        }
    }

    /// <summary>Opens a pipe. Without a writer the call blocks and cannot be interrupted, so cancellation abandons it.</summary>
    private static FileStream OpenPipe(string path, string name, CancellationToken ct)
    {
        try
        {
            var pipe = Task.Run(
                () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1),
                CancellationToken.None);
            Task.WaitAny([pipe], ct);
            return pipe.GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AudioErrors.NotReadable(name, e);
        }
    }

    private static BoundedReader Open(AudioInput source, DecoderTools tools, IDisposable? owned, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var decoder = SniffAndOpen(source, tools, ct);
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

    private static IAudioReader SniffAndOpen(AudioInput source, DecoderTools tools, CancellationToken ct)
    {
        try
        {
            var sniffed = Sniff(source);
            if (sniffed.IsForeign)
                throw AudioErrors.UnsupportedFormat(source.Name);
            source = source with { Start = sniffed.Start };
            return sniffed.Container is { } container ? OpenDecoder(source, container, tools, ct) : OpenUnknown(source, tools, ct);
        }
        catch (FileNotFoundException)
        {
            // The file was deleted just now, or is a dangling link.
            throw AudioErrors.NotFound(source.Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AudioErrors.NotReadable(source.Name, e);
        }
    }

    private static SniffedRecording Sniff(AudioInput source)
    {
        using var file = source.OpenBytes();
        return file.Length == 0 ? throw AudioErrors.Empty(source.Name) : AudioSniffer.Sniff(file);
    }

    /// <summary>Passes a file without a known signature to the other decoders, which know more formats.</summary>
    private static IAudioReader OpenUnknown(AudioInput source, DecoderTools tools, CancellationToken ct)
    {
        if (tools.SndFile)
        {
            try
            {
                return SndFileReader.Open(source, container: null);
            }
            catch (AudioException)
            {
                // libsndfile does not support the format either, which is not worth reporting.
            }
        }
        var container = tools is { Ffmpeg: not null, Ffprobe: { } ffprobe } ? FfmpegProbe.Identify(ffprobe, source, ct) : null;
        return FfmpegReader.Open(source, container ?? throw AudioErrors.UnsupportedFormat(source.Name), tools, ct);
    }

    private static IAudioReader OpenDecoder(AudioInput source, AudioContainer container, DecoderTools tools, CancellationToken ct)
    {
        var others = tools.Ffmpeg is not null || (container.SndFile && tools.SndFile);
        try
        {
            if (BuiltInReader.TryOpen(source, container) is { } reader)
                return reader;
        }
        catch (AudioException) when (others && container != AudioContainer.Wav)
        {
            // Another decoder may cope with the damage; otherwise it reports the damage.
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
                // libsndfile does not know the encoding, or ffmpeg may cope with the damage; otherwise ffmpeg reports it.
                return FfmpegReader.Open(source, container, tools, ct);
            }
        }
        return tools.Ffmpeg is not null
            ? FfmpegReader.Open(source, container, tools, ct)
            : throw AudioErrors.DecoderMissing(source.Name, container);
    }
}
