using SpeechEmotion.Models;
using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>The small model, loaded once for all servers of the test program: loading it costs more than starting a server.</summary>
internal sealed class SharedModel : IEmotionModel
{
    private static readonly Lazy<IEmotionModel> Loaded = new(() => EmotionRecognizer.Load(new() { Model = ModelCatalogue.Compact }).Model);

    public ModelIdentity Identity => Loaded.Value.Identity;

    public LabelSet? Labels => Loaded.Value.Labels;

    public int Dimension => Loaded.Value.Dimension;

    public int MinSamples => Loaded.Value.MinSamples;

    public int? MaxSamples => Loaded.Value.MaxSamples;

    public bool SpeechOnly => Loaded.Value.SpeechOnly;

    public ComputeDevice Device => Loaded.Value.Device;

    public string? Runtime => Loaded.Value.Runtime;

    public ModelFrames Run(ReadOnlyMemory<float> waveform, CancellationToken ct = default) => Loaded.Value.Run(waveform, ct);

    public ModelFrames RunSpeech(ReadOnlyMemory<float> waveform, CancellationToken ct = default) => Loaded.Value.RunSpeech(waveform, ct);

    public void ReleaseMemory() => Loaded.Value.ReleaseMemory();

    /// <summary>Other servers still use it.</summary>
    public void Dispose()
    {
    }
}
