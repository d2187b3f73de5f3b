using SpeechEmotion.Models;

namespace SpeechEmotion.Tests.Support;

/// <summary>The shipped model, loaded once for all tests.</summary>
internal static class CompactModel
{
    private static readonly Lazy<EmotionRecognizer> Loaded =
        new(() => EmotionRecognizer.Load(new() { Model = ModelCatalogue.Compact }));

    public static EmotionRecognizer Recognizer => Loaded.Value;
}
