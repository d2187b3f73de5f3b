using SpeechEmotion.Audio;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Options;

/// <summary>One of many recordings to recognize.</summary>
/// <param name="Name">The path of the file, or any name for a stream.</param>
/// <param name="Open">Opens the stream, which the recognizer disposes; null for a file.</param>
public sealed record RecordingInput(string Name, Func<Stream>? Open = null)
{
    /// <exception cref="AudioException"><c>audio.not_readable</c>: the stream cannot be opened.</exception>
    internal Stream? OpenStream()
    {
        try
        {
            return Open?.Invoke();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AudioErrors.NotReadable(Name, e);
        }
    }
}
