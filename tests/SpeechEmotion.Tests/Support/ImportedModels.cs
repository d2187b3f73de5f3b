using SpeechEmotion.Inference;
using SpeechEmotion.Models;

namespace SpeechEmotion.Tests.Support;

/// <summary>Imports model folders into a store for the tests, each once.</summary>
public sealed class ImportedModels : IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly Dictionary<string, IEmotionModel> _loaded = [];

    /// <summary>The store of the imported models.</summary>
    public ModelStore Store => new(_home.Path);

    public IEmotionModel Load(string directory)
    {
        lock (_loaded)
        {
            if (!_loaded.TryGetValue(directory, out var model))
                _loaded[directory] = model = OnnxEmotionModel.Load(Store.Import(directory), new ModelLoadOptions());
            return model;
        }
    }

    public void Dispose()
    {
        foreach (var model in _loaded.Values)
            model.Dispose();
        _home.Dispose();
    }
}
