using System.Text;

namespace SpeechEmotion.Checkpoints;

/// <summary>Small text files of a checkpoint folder, read whole.</summary>
internal static class BoundedFile
{
    /// <summary>The largest accepted file, in bytes. The released ones have a few kB.</summary>
    public const int MaxLength = 1 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a UTF-8 file; a byte order mark stays in the text.</summary>
    /// <exception cref="Errors.CheckpointException">The file cannot be opened, is too large, or is not UTF-8.</exception>
    public static string ReadText(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[MaxLength + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MaxLength)
                throw CheckpointErrors.BadConfig(path, "it is larger than 1 MB", "文件大于 1 MB");
            return Strict.GetString(bytes.AsSpan(0, length));
        }
        catch (DecoderFallbackException exception)
        {
            throw CheckpointErrors.BadConfig(path, "it is not UTF-8 text", "它不是 UTF-8 文本", exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CheckpointErrors.NotFound(path, "the file", "该文件");
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw CheckpointErrors.Unreadable(path, exception);
        }
    }
}
