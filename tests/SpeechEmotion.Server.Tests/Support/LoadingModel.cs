using SpeechEmotion.Inference;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>A model that blocks while it loads, until <see cref="Go"/>.</summary>
internal sealed class LoadingModel : IDisposable
{
    private readonly ManualResetEventSlim _go = new();

    public IEmotionModel Load()
    {
        _go.Wait();
        var model = new SlowModel();
        model.Go();
        return model;
    }

    public void Go() => _go.Set();

    public void Dispose() => _go.Set();
}
