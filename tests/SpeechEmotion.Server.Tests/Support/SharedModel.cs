using SpeechEmotion.Inference;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary><see cref="CompactModel"/> shared by all servers of the test program: loading it takes longer than starting a server.</summary>
internal sealed class SharedModel : IEmotionModel
{
    private static IEmotionModel Loaded => CompactModel.Recognizer.Model;

    public ModelIdentity Identity => Loaded.Identity;

    public LabelSet? Labels => Loaded.Labels;

    public int Dimension => Loaded.Dimension;

    public int MinSamples => Loaded.MinSamples;

    public int? MaxSamples => Loaded.MaxSamples;

    public bool SpeechOnly => Loaded.SpeechOnly;

    public ComputeDevice Device => Loaded.Device;

    public string? Runtime => Loaded.Runtime;

    public ModelFrames Run(ReadOnlyMemory<float> waveform, CancellationToken ct = default) => Loaded.Run(waveform, ct);

    public ModelFrames RunSpeech(ReadOnlyMemory<float> waveform, CancellationToken ct = default) => Loaded.RunSpeech(waveform, ct);

    public void ReleaseMemory() => Loaded.ReleaseMemory();

    /// <summary>Does nothing: other servers still use the model.</summary>
    public void Dispose()
    {
    }
}
