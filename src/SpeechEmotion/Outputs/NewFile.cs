using SpeechEmotion.Errors;

namespace SpeechEmotion.Outputs;

/// <summary>A file that is written from its beginning to its end, and seen onto the disk.</summary>
internal static class NewFile
{
    /// <param name="path">A file that does not exist yet.</param>
    /// <param name="write">Writes it. The stream has no buffer of its own.</param>
    /// <exception cref="OutputException">The disk is full or gone.</exception>
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
