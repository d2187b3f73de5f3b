using SpeechEmotion.Errors;
using SpeechEmotion.Results;

namespace SpeechEmotion;

/// <summary>What became of one file among many: a recognition or an error, never both.</summary>
/// <param name="Path">The file as it was named.</param>
/// <param name="Recognition">The result; null where it failed.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
public sealed record FileRecognition(string Path, Recognition? Recognition, SpeechEmotionException? Error)
{
    internal static FileRecognition Of(string path, Func<Recognition> recognize)
    {
        try
        {
            return new(path, recognize(), null);
        }
        catch (SpeechEmotionException e)
        {
            return new(path, null, e);
        }
    }
}
