using SpeechEmotion.Errors;

namespace SpeechEmotion.Outputs;

/// <summary>A file that is written from beginning to end and flushed to the disk.</summary>
internal static class NewFile
{
    /// <param name="path">A file that does not exist yet.</param>
    /// <param name="write">Writes the content. The stream is unbuffered.</param>
    /// <exception cref="OutputException">The disk is full or unavailable.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
            write(file);
            file.Flush(flushToDisk: true);
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, path);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw OutputErrors.Of(failure, path);
        }
    }
}
