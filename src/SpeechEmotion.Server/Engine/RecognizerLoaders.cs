using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Engine;

/// <summary>How the program loads models.</summary>
internal static class RecognizerLoaders
{
    /// <summary>Loads models as the settings say.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="threads">Threads of one inference; 0 for all cores.</param>
    public static RecognizerLoader Of(ServerOptions options, int threads = 0) => (model, progress, ct) => EmotionRecognizer.Load(
        new()
        {
            Model = model ?? options.Model,
            ModelDirectory = model is null ? options.ModelDir : null,
            Precision = options.Precision,
            Load = new() { Device = options.Device, Threads = threads },
        },
        progress, ct);
}
