using System.Text;

namespace SpeechEmotion.Server.Sources.Manifests;

/// <summary>The encoding of a table without a byte order mark: UTF-8, or GB18030, in which Excel saves CSV files in China.</summary>
internal static class TextEncoding
{
    private const int BlockLength = 1 << 16;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Encoding StrictGb18030 =
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>
    /// Determines the encoding from all bytes, because the first character that is not ASCII may come late, and a few characters of
    /// GB18030 can be valid UTF-8 by chance. A text that is neither is taken for damaged UTF-8.
    /// </summary>
    /// <param name="stream">The text. It is at its beginning afterwards; nothing is read if it cannot seek, as a pipe.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="IOException">The text cannot be read.</exception>
    public static Encoding Of(Stream stream, CancellationToken ct) =>
        stream.CanSeek && !IsValid(stream, StrictUtf8, ct) && IsValid(stream, StrictGb18030, ct) ? StrictGb18030 : Encoding.UTF8;

    private static bool IsValid(Stream stream, Encoding encoding, CancellationToken ct)
    {
        var decoder = encoding.GetDecoder();
        var bytes = new byte[BlockLength];
        var characters = new char[encoding.GetMaxCharCount(BlockLength)];
        try
        {
            int read;
            do
            {
                ct.ThrowIfCancellationRequested();
                read = stream.Read(bytes);
                decoder.GetChars(bytes.AsSpan(0, read), characters, flush: read == 0);
            }
            while (read > 0);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
        finally
        {
            stream.Position = 0;
        }
    }
}
